//! What can be docked: one file or folder per panel.
