//! Text in, lines and problems out.
