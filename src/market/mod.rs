//! Room `market`.
