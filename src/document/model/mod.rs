//! The types of documents. Their fields are the keys of `/document.json`, in this order.

pub mod document;
pub mod entries;
pub mod frame;
pub mod letter;
pub mod manual;
pub mod preview;
pub mod resume;
pub mod theme;
pub mod values;
