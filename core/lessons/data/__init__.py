"""Lesson on data: what one point does, how many are enough, wrong labels, rare classes, scales, and another use."""
