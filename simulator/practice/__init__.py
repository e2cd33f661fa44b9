"""The loop and what surrounds it: session, pitch, debrief, weak spots, plan."""
