"""Resources, their conversion to canonical units, and their emissions, energy content and prices."""
