"""Proof of learning: certificates on paper, their verification, open badges."""
