//! Recovery in the window: the list of what was left behind, and what each of its buttons does.
