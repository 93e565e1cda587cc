//! Parameters of the signals: a struct a signal with typed fields, filled from the rule pack alone.
//!
//! The pack holds each number with its unit, source and reason; what stands here is only which numbers a
//! signal reads and whether they are whole. The default is the pack that comes with the program.

use crate::policy::Threshold;

/// A number of a pack as a signal uses it.
pub(crate) trait FromThreshold {
    /// The value in its own type. Packs are checked when they are read: what is a count there is whole and
    /// not negative.
    fn from_threshold(threshold: &Threshold) -> Self;
}

impl FromThreshold for f64 {
    fn from_threshold(threshold: &Threshold) -> Self {
        threshold.value
    }
}

impl FromThreshold for usize {
    fn from_threshold(threshold: &Threshold) -> Self {
        threshold.value as Self
    }
}

impl FromThreshold for i32 {
    fn from_threshold(threshold: &Threshold) -> Self {
        threshold.value as Self
    }
}

/// Makes a parameter struct that is filled from its group of the pack's signals.
macro_rules! signal_params {
    (
        $(#[$doc:meta])*
        $name:ident of $group:ident: $numbers:ident {
            $($field:ident: $kind:ident,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $(
                #[doc = concat!(
                    "`signals.", stringify!($group), ".", stringify!($field), "` of the rule pack."
                )]
                pub $field: $kind,
            )+
        }

        impl $name {
            /// The numbers of a pack.
            pub fn of(numbers: &crate::policy::signal_numbers::$numbers) -> Self {
                // every number of the group must have its field here, or this does not compile
                let crate::policy::signal_numbers::$numbers { $($field,)+ } = numbers;
                Self {
                    $($field: crate::signal::params::FromThreshold::from_threshold($field),)+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::of(&crate::policy::RulePack::alvh().signals.$group)
            }
        }
    };
}

pub(crate) use signal_params;
