//! Room `instrument`.
