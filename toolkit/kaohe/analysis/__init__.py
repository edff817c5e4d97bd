"""What an analyst wants to see of a period: headline figures, heat map of lost points, rules that fired, near misses. Pure."""
