"""Text in, a sound file out: `speaking.find_voices` is the way in."""
