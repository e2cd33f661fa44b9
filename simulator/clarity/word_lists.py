"""Word lists of the clarity room: what a careful reader would underline."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """Words between spaces, as a set."""
    return frozenset(words.split())


def any_of(phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases, one a line, as whole words."""
    parts = [re.escape(p.strip()).replace(r"\ ", r"\s+") for p in phrases.strip().splitlines()]
    return re.compile(r"\b(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")\b", re.I)


ABBREVIATIONS = word_set("mr. mrs. ms. dr. prof. st. e.g. i.e. etc. vs. a.m. p.m.")
"""Words whose full stop ends no sentence."""

HEDGES = any_of("""
maybe
perhaps
possibly
probably
I guess
I suppose
I think
I believe
I feel like
sort of
kind of
kinda
more or less
not sure
I don't know
I couldn't say
I couldn't tell you
hard to say
might
might've
may have
may well
could be
could have been
somewhat
a bit
a little
if anything
I wouldn't say
I wouldn't want
I wouldn't call
wouldn't claim
or something
or anything
or so
give or take
I hope
hopefully
for what it's worth
to be fair
only
just luck
lucky
luck
anybody could
anyone could
anyone would
somebody else
someone else
in a way
I'd like to think
I imagine
apparently
not much of
not really
honestly couldn't
no expert
not an expert
as far as I know
I'm afraid
sorry
""")
VAGUE = any_of("""
things
stuff
something
somewhere
somehow
some
several
various
certain
quite
pretty
fairly
really
very
a lot
lots
plenty
a few
many
a while
a number of
a range of
different
better
improved
improvement
improvements
good
great
better than before
situation
situations
issue
issues
problem
problems
area
areas
aspects
process
approach
people
everyone
everybody
others
involved
the right
properly
closely
regularly
generally
overall
over time
at the time
after some time
the following period
considerably
significant
significantly
the way
in place
on board
changes
steps
support
helped
worked on
dealt with
made sure
happy
""")
RESULTS = any_of("""
in the end
ended up
as a result
since then
since
after that
by the end
the result
so that
which meant
fell
dropped
down to
down from
came down
went down
rose
went up
up to
up from
grew
doubled
halved
saved
cut
reduced
increased
from
instead of
no longer
never again
still
now
today
finished
delivered
shipped
won
signed
passed
opened
came back
asked me
told me
thanked
renewed
stayed
went live
on time
early
zero
none
""")
ASIDES = any_of("""
by the way
anyway
as I say
I should say
I should mention
I should add
that reminds me
which reminds me
where was I
what was I saying
oh
funny enough
funnily enough
to be honest
long story
another story
a whole saga
a whole other
whole other topic
speaking of
or was it
no wait
actually
well
incidentally
my uncle
my cousin
my mum
my mother
my sister
my brother
my wife
my husband
my daughter
my son
my dad
my father
used to be
lovely man
nice man
bless him
bless her
""")
JUMPS = any_of("""
before that
earlier
oh
I forgot
I should have said
originally
by then
this was
that was
that was after
that was before
going back
to go back
I'll go back
at the start
in the beginning
afterwards
later
previously
first
last
the other thing
also
meanwhile
I mean
I'm talking about
it was
""")
SITUATIONS = any_of("""
was
were
there was
there were
we had
I had
I'd been
last year
last
years ago
at the time
when I joined
when I took
I ran
I've run
I manage
I've been
used to
in the winter
in the summer
on a
""")
TASKS = any_of("""
had to
needed
needed to
I wanted
wanted to
my job
my boss
was asked
asked me to
the question was
the choice was
supposed to
due
deadline
goal
target
so that
decide
either
""")

TENDER = any_of("""
died
death
dying
passed away
funeral
dementia
cancer
hospice
miscarriage
stillborn
suicide
suicidal
overdose
abuse
abused
bereaved
bereavement
terminally ill
lost my mum
lost my mother
lost my dad
lost my father
lost my wife
lost my husband
lost my partner
lost my son
lost my daughter
lost my brother
lost my sister
""")
"""Of a loss or an illness nobody wants marked as a weakness of their answer."""
