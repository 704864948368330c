//! A catalogue: the smallest file that causes each problem, and its message.
