//! Groups of numbers: a struct whose fields are all [`Threshold`]s, and the list of them with their paths.

use super::threshold::{Threshold, Unit};

/// A number of the pack with its path in the file and the unit its place asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot<'a> {
    /// Path in the file, such as `vega_band.low`.
    pub path: String,
    /// The number.
    pub threshold: &'a Threshold,
    /// The unit it must have.
    pub unit: Unit,
}

/// Visits every number of a group, or of a group of groups.
pub trait Numbers {
    /// Hands each number to `visit` with its path under `prefix`, in the order of the file.
    fn visit<'a>(&'a self, prefix: &str, visit: &mut dyn FnMut(Slot<'a>));

    /// The number at a path under this group; `None` when there is none of that name.
    fn at_mut(&mut self, path: &str) -> Option<&mut Threshold>;
}

/// Makes a group of thresholds: each field with its meaning and the unit its place asks for.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $unit:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: crate::policy::Threshold,)+
        }

        impl crate::policy::numbers::Numbers for $name {
            fn visit<'a>(
                &'a self,
                prefix: &str,
                visit: &mut dyn FnMut(crate::policy::numbers::Slot<'a>),
            ) {
                $(visit(crate::policy::numbers::Slot {
                    path: format!("{prefix}.{}", stringify!($field)),
                    threshold: &self.$field,
                    unit: crate::policy::Unit::$unit,
                });)+
            }

            fn at_mut(&mut self, path: &str) -> Option<&mut crate::policy::Threshold> {
                match path {
                    $(stringify!($field) => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }
    )+};
}

/// Makes a group of groups, visited in their order.
macro_rules! number_groups {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)+
        }

        impl crate::policy::numbers::Numbers for $name {
            fn visit<'a>(
                &'a self,
                prefix: &str,
                visit: &mut dyn FnMut(crate::policy::numbers::Slot<'a>),
            ) {
                $(crate::policy::numbers::Numbers::visit(
                    &self.$field,
                    &format!("{prefix}.{}", stringify!($field)),
                    visit,
                );)+
            }

            fn at_mut(&mut self, path: &str) -> Option<&mut crate::policy::Threshold> {
                let (head, rest) = path.split_once('.')?;
                match head {
                    $(stringify!($field) => {
                        crate::policy::numbers::Numbers::at_mut(&mut self.$field, rest)
                    })+
                    _ => None,
                }
            }
        }
    )+};
}

pub(super) use {number_groups, numbers};
