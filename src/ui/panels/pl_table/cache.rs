//! Tables kept between frames: priced again only when the book, the market, the model or the request changed.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::risk::book::Book;
use crate::risk::pl_table::{PlTable, PlTableRequest};

/// A table with what it was priced from.
struct Kept {
    book: Book,
    request: PlTableRequest,
    table: Arc<PlTable>,
}

impl Kept {
    /// Whether a table of these would be the same. Markets are told apart by identity: a valuation keeps
    /// its market while the marks stay.
    fn is_of(&self, book: &Book, request: &PlTableRequest) -> bool {
        Arc::ptr_eq(&self.book.market, &book.market)
            && self.request == *request
            && self.book.params == book.params
            && self.book.legs == book.legs
    }
}

/// The table of a request, kept under `slot`.
pub(super) fn table(ui: &Ui, slot: Id, book: &Book, request: &PlTableRequest) -> Arc<PlTable> {
    let kept: Option<Arc<Kept>> = ui.data(|data| data.get_temp(slot));
    if let Some(kept) = kept.filter(|kept| kept.is_of(book, request)) {
        return Arc::clone(&kept.table);
    }
    let table = Arc::new(PlTable::of(book, request));
    let made = Kept {
        book: book.clone(),
        request: request.clone(),
        table: Arc::clone(&table),
    };
    ui.data_mut(|data| data.insert_temp(slot, Arc::new(made)));
    table
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::table;
    use crate::document::{Account, campaign_from_ron};
    use crate::policy::RulePack;
    use crate::risk::curves::Component;
    use crate::risk::pl_table::PlTableRequest;
    use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

    #[test]
    fn a_table_is_priced_again_only_when_something_changed() {
        let text = include_str!("../../../../assets/samples/condor.ron");
        let mut campaign = campaign_from_ron(text).expect("the sample reads");
        let mut cache = MarketCache::default();
        let mut value = |campaign: &crate::document::Campaign| {
            let inputs = Inputs {
                pack: RulePack::alvh(),
                account: &Account::default(),
                slopes: Err(VegaSlopesError::NoHistory),
            };
            Valuation::of(campaign, inputs, &mut cache).book
        };
        let book = value(&campaign);
        let request = PlTableRequest {
            component: Component::Net,
            spots: vec![6720.0],
            dates: vec![jiff::civil::date(2026, 12, 1)],
        };
        let again = value(&campaign);
        campaign.positions[0].legs[0].quantity = 9;
        let fewer = value(&campaign);
        campaign.marks.vix = 20.0;
        let dearer = value(&campaign);
        let ctx = egui::Context::default();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let slot = egui::Id::unique("test");
            let first = table(ui, slot, &book, &request);
            assert!(Arc::ptr_eq(&first, &table(ui, slot, &again, &request)));
            let second = table(ui, slot, &fewer, &request);
            assert!(!Arc::ptr_eq(&first, &second));
            let third = table(ui, slot, &dearer, &request);
            assert!(!Arc::ptr_eq(&second, &third));
            let other = PlTableRequest {
                spots: vec![6700.0],
                ..request.clone()
            };
            assert!(!Arc::ptr_eq(&third, &table(ui, slot, &dearer, &other)));
        });
        output.textures_delta.clear();
    }
}
