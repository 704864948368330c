//! A currency that only the labels of totals say: "Total (€)".

use super::profile::Profiles;
use super::total_label::total_label;
use crate::import::cell::Currency;

impl Profiles {
    /// The currency that the labels of totals name; pounds where they name none.
    pub(in crate::import) fn currency_of_totals(&self) -> Currency {
        let signs = [('€', Currency::Euro), ('$', Currency::Dollar)];
        let labels = (0..self.width()).flat_map(|column| self.get(column).values.keys());
        let named = labels.filter_map(|label| {
            let (_, currency) = signs.into_iter().find(|(sign, _)| label.contains(*sign))?;
            total_label(label).surely.then_some(currency)
        });
        // Of two that are named neither is sure, and the first by its name is taken, as hash order stays inside.
        named.min_by_key(|currency| currency.words()).unwrap_or_default()
    }
}
