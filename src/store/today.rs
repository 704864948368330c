//! What day it is where this machine is.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::dimension::Date;

/// The day of today, by the clock and the time zone of this machine.
pub fn today() -> Date {
    let day = Timestamp::now().to_zoned(TimeZone::system()).date();
    day.to_string().parse().expect("a day of this era is written as one")
}
