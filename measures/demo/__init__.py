"""The demo's numbers: invented ones with believable noise and stories, and real ones beside them."""
