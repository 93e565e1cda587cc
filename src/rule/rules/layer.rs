//! The layers as rules see them: which facts speak of which layer.

use crate::fact::FactId;
use crate::instrument::LayerKind;

/// The facts of one layer.
#[derive(Clone, Copy)]
pub(super) struct LayerIds {
    pub contracts: FactId,
    pub days: FactId,
}

pub(super) fn ids(kind: LayerKind) -> LayerIds {
    match kind {
        LayerKind::First => LayerIds {
            contracts: FactId::FirstContracts,
            days: FactId::FirstDte,
        },
        LayerKind::Second => LayerIds {
            contracts: FactId::SecondContracts,
            days: FactId::SecondDte,
        },
        LayerKind::Third => LayerIds {
            contracts: FactId::ThirdContracts,
            days: FactId::ThirdDte,
        },
    }
}
