"""Many solves of one question: the same demand delivered in other ways."""
