//! Parameters of the signals: a struct per signal whose fields carry default, unit, source and reason.

use crate::policy::Provenance;

/// One parameter as it is documented.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParamSpec {
    /// The signal that it belongs to.
    pub signal: &'static str,
    /// Name of its field.
    pub name: &'static str,
    /// Its default.
    pub default: f64,
    /// Its unit.
    pub unit: &'static str,
    /// Who states it.
    pub source: Provenance,
    /// Why this number, in a line.
    pub why: &'static str,
}

/// A default as the number that is documented.
macro_rules! as_number {
    (f64, $value:expr) => {
        $value
    };
    ($kind:ident, $value:expr) => {
        $value as f64
    };
}

pub(crate) use as_number;

/// Makes a parameter struct with its defaults and their [`ParamSpec`]s from one list.
macro_rules! signal_params {
    (
        $(#[$doc:meta])*
        $name:ident of $signal:literal {
            $($field:ident: $kind:ident = $default:expr, $unit:literal, $source:ident, $why:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $(
                #[doc = $why]
                #[doc = ""]
                #[doc = concat!("Unit: ", $unit, ".")]
                pub $field: $kind,
            )+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $name {
            /// Each field with its default, unit, source and reason.
            pub const SPECS: &'static [crate::signal::params::ParamSpec] = &[
                $(crate::signal::params::ParamSpec {
                    signal: $signal,
                    name: stringify!($field),
                    default: crate::signal::params::as_number!($kind, $default),
                    unit: $unit,
                    source: crate::policy::Provenance::$source,
                    why: $why,
                },)+
            ];
        }
    };
}

pub(crate) use signal_params;

/// Every parameter of every signal.
pub fn all_specs() -> impl Iterator<Item = &'static ParamSpec> {
    use super::{
        BigTopParams, BreadthParams, CashFlowParams, CompressionParams, ConcentrationParams,
        DailyRangeParams, EvaluateParams, EventParams, ExpansionParams, FrontVolParams,
        GrowthParams, InflationParams, ReerParams, RegimeParams, VegaRegressionParams,
    };
    [
        RegimeParams::SPECS,
        BreadthParams::SPECS,
        CompressionParams::SPECS,
        EvaluateParams::SPECS,
        BigTopParams::SPECS,
        DailyRangeParams::SPECS,
        EventParams::SPECS,
        ConcentrationParams::SPECS,
        GrowthParams::SPECS,
        ReerParams::SPECS,
        CashFlowParams::SPECS,
        InflationParams::SPECS,
        ExpansionParams::SPECS,
        FrontVolParams::SPECS,
        VegaRegressionParams::SPECS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::all_specs;

    #[test]
    fn every_parameter_is_named_once_and_says_why() {
        let names: BTreeSet<_> = all_specs().map(|spec| (spec.signal, spec.name)).collect();
        assert_eq!(names.len(), all_specs().count());
        for spec in all_specs() {
            assert!(
                spec.default.is_finite() && spec.why.len() > 10 && !spec.unit.is_empty(),
                "{spec:?}"
            );
        }
    }
}
