//! Call or put: the kernel's own type, under the name that the desk's vocabulary gives it.

pub use crate::pricing::Right;
