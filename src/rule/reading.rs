//! How the numbers of the method are read where its text leaves a choice.

use crate::document::{LayerScale, Settings};
use crate::policy::{RulePack, VegaBand};
use crate::risk::band::{Band, VegaBasis, VegaSign};
use crate::risk::figures::BandStatus;

/// The readings chosen for a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether the vega band speaks of standard signs or of the text's exposure, −net vega.
    pub sign: VegaSign,
    /// Whether net vega is scaled to the pack's reference width before the band judges it.
    pub basis: VegaBasis,
    /// Whether a layer takes the pack's contracts as they stand or times the wing's width.
    pub layer_scale: LayerScale,
}

impl From<&Settings> for Reading {
    fn from(settings: &Settings) -> Self {
        Self {
            sign: settings.vega_sign,
            basis: settings.vega_basis,
            layer_scale: settings.layer_scale,
        }
    }
}

impl Reading {
    /// The pack's band for standard signs: positive is long vega.
    pub fn band(self, pack: &RulePack) -> Band {
        let VegaBand { low, high, .. } = &pack.vega_band;
        Band {
            low: low.value,
            high: high.value,
        }
        .under(self.sign)
    }

    /// The band's paths in the pack, lower edge of standard signs first: the literal sign mirrors them.
    pub fn band_paths(self) -> [&'static str; 2] {
        match self.sign {
            VegaSign::Economic => ["vega_band.low", "vega_band.high"],
            VegaSign::Literal => ["vega_band.high", "vega_band.low"],
        }
    }
}

/// The band with each edge moved away from zero by a share of itself; 0.2 widens it by 20 % each side.
pub fn widened(band: Band, share: f64) -> Band {
    Band {
        low: band.low - share * band.low.abs(),
        high: band.high + share * band.high.abs(),
    }
}

/// Signed distance of a net vega to the band's nearer edge: positive inside, negative beyond.
pub fn room(status: BandStatus) -> f64 {
    match status {
        BandStatus::Inside { left } => left,
        BandStatus::Short { by } | BandStatus::Long { by } => -by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_sign_mirrors_the_band_and_its_paths() {
        let pack = RulePack::alvh();
        let economic = Reading::default();
        let literal = Reading {
            sign: VegaSign::Literal,
            ..economic
        };
        for reading in [economic, literal] {
            let band = reading.band(pack);
            let [low, high] = reading
                .band_paths()
                .map(|path| pack.number(path).expect("a number").value);
            assert_eq!(band.low.abs(), low.abs());
            assert_eq!(band.high.abs(), high.abs());
        }
        assert_eq!(literal.band(pack).low, -0.25);
    }

    #[test]
    fn twenty_per_cent_each_side() {
        let band = widened(Reading::default().band(RulePack::alvh()), 0.2);
        assert!((band.low + 0.18).abs() < 1e-12 && (band.high - 0.30).abs() < 1e-12);
    }
}
