"""Surface cues of a sentence: what a careful reader would underline.

Each cue is a count. None decides alone; they help to choose the sentence that is quoted, and
stand beside the model's states in the classifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from simulator.clarity.cleaning import bare
from simulator.clarity.numbers import with_digits


def _any_of(phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases, one a line, as whole words."""
    parts = [re.escape(p.strip()).replace(r"\ ", r"\s+") for p in phrases.strip().splitlines()]
    return re.compile(r"\b(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")\b", re.I)


_HEDGES = _any_of("""
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
_VAGUE = _any_of("""
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
_RESULTS = _any_of("""
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
_ASIDES = _any_of("""
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
_JUMPS = _any_of("""
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
_MYSELF = re.compile(r"\b(?:I|I'm|I'd|I've|I'll|me|my|mine|myself)\b(?!\.)")
_I_DID = re.compile(
    r"\bI(?:'d|'ve)?\s+(?:\w+ly\s+|just\s+|then\s+|also\s+|even\s+|personally\s+)?"
    r"(?!was\b|am\b|think\b|guess\b|suppose\b|know\b|believe\b|feel\b|mean\b|had\b|have\b|would\b)"
    r"\w+",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:we|we'd|we've|we're|us|our|ours|ourselves|the team|everyone|everybody|together"
    r"|the group|the department|the desk|the crew|the company|management)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got|get|gets)\s+(?:\w+ly\s+|all\s+|then\s+|also\s+)?"
    r"(?:\w{2,}ed|done|made|given|taken|put|set|sent|found|seen|drawn|written|held|kept|built|cut"
    r"|brought|bought|chosen|told|run|shown|left|laid|moved|split|agreed|sorted|decided)\b",
    re.I,
)
_NUMBER = re.compile(r"\d[\d.,]*")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter)s?\b"
)
_ACRONYM = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2,}[a-z]?|[A-Z]+\d+|\d+[A-Z]{2,}|[A-Z]&[A-Z])\b")
_COMMON_CAPITALS = frozenset("I I'm I'd I've I'll OK TV UK US USA PhD Mr Mrs Ms Dr".split())


@dataclass(frozen=True, slots=True)
class Cues:
    """Counts in one sentence."""

    words: int
    numbers: int
    names: int
    hedges: int
    vague: int
    results: int
    asides: int
    jumps: int
    myself: int
    i_did: int
    together: int
    passive: int
    acronyms: int
    commas: int
    question: int

    @property
    def specifics(self) -> int:
        """Numbers and names: what only someone who was there would say."""
        return self.numbers + self.names


CUE_NAMES = tuple(field.name for field in fields(Cues))


def cues_of(sentence: str) -> Cues:
    """Count the cues of one sentence."""
    words = sentence.split()
    digits = with_digits(sentence)
    return Cues(
        words=len(words),
        numbers=len(_NUMBER.findall(digits)) + len(_DATE.findall(sentence)),
        names=_names(words),
        hedges=len(_HEDGES.findall(sentence)),
        vague=len(_VAGUE.findall(sentence)),
        results=len(_RESULTS.findall(sentence)),
        asides=len(_ASIDES.findall(sentence)),
        jumps=len(_JUMPS.findall(sentence)),
        myself=len(_MYSELF.findall(sentence)),
        i_did=len(_I_DID.findall(sentence)),
        together=len(_TOGETHER.findall(sentence)),
        passive=len(_PASSIVE.findall(sentence)),
        acronyms=len(acronyms_of(sentence)),
        commas=sentence.count(","),
        question=sentence.count("?"),
    )


def acronyms_of(sentence: str) -> list[str]:
    """Letters that stand for words: "WMS", "OTIF", "D1"."""
    return [a for a in _ACRONYM.findall(sentence) if a not in _COMMON_CAPITALS]


def _names(words: Sequence[str]) -> int:
    """Capitalised words inside a sentence, runs counted once."""
    count, inside = 0, False
    for before, word in zip(words, words[1:], strict=False):
        plain = word.strip(".,;:!?\"'()").removesuffix("'s")
        starts = before[-1:] in ".!?"
        is_name = (
            plain[:1].isupper()
            and plain[1:2].islower()
            and plain not in _COMMON_CAPITALS
            and not bare(plain).startswith(("i'", "i’"))
            and not starts
            and not _DATE.fullmatch(plain)
        )
        count += is_name and not inside
        inside = is_name
    return count
