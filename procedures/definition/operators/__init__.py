"""Comparisons of conditions. Only « is empty » holds for a question without an answer."""
