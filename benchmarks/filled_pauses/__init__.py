"""Making the ear for filled pauses: training speech, training, evaluation.

Nothing here runs in the product. The order of the commands and what each needs is told in the
README beside this file.
"""
