//! One connection and the closures it calls; dropped together.

use super::inner::Inner;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure, convert::FromWasmAbi};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

pub(super) struct Wired {
    socket: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Wired {
    /// Begins a connection for `inner`; `None` where the browser refuses at once.
    pub(super) fn begin(inner: &Rc<Inner>) -> Option<Self> {
        let socket = WebSocket::new(inner.url()).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let on_open = hears(inner, |inner, _: Event| inner.opened());
        let on_message = hears(inner, |inner, event: MessageEvent| inner.heard(&event.data()));
        let on_close = hears(inner, |inner, event: CloseEvent| inner.closed(event.code()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            _on_open: on_open,
            _on_message: on_message,
            _on_close: on_close,
        })
    }

    pub(super) fn send(&self, bytes: &[u8]) -> bool {
        self.socket.ready_state() == WebSocket::OPEN && self.socket.send_with_u8_array(bytes).is_ok()
    }

    pub(super) fn buffered(&self) -> u32 {
        self.socket.buffered_amount()
    }
}

impl Drop for Wired {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a socket that is closed already is no fault.
        let _closed = self.socket.close();
    }
}

/// A closure that holds no strong reference: the socket may be dropped while the browser still knows the closure.
fn hears<E: FromWasmAbi + 'static>(inner: &Rc<Inner>, act: impl Fn(&Rc<Inner>, E) + 'static) -> Closure<dyn FnMut(E)> {
    let weak = Rc::downgrade(inner);
    Closure::new(move |event| {
        if let Some(inner) = weak.upgrade() {
            act(&inner, event);
        }
    })
}
