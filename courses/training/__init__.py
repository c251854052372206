"""Staff training: who is assigned what, and the one thing that proves it was done.

Evidence is not progress. Nothing here leads to a learning account, and nothing that
somebody learned leads here: passing the final test under an invitation writes one row
of :class:`~courses.training.models.Evidence`, from a run that lies in a cookie only.
"""
