//! Things above the page: dialogs, menus, short notices.

mod dialog;
mod menu;
mod toast;

pub use dialog::{Dialog, DialogLink};
pub use menu::{Menu, MenuLink};
pub use toast::{Toast, ToastArea, Toasts, provide_toasts, use_toasts};
