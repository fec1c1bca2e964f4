//! "Can you see yourself?"

use super::{
    DeviceChoice, OwnPicture,
    help::{Asking, NoDevice},
};
use crate::client::{
    media::{MediaFault, Sense},
    studio::{Gear, Studio},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn CameraPage(on_done: Callback<()>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let unsure = RwSignal::new(false);
    view! {
        <h1>"Can you see yourself?"</h1>
        <OwnPicture/>
        {move || match studio.camera.get() {
            Gear::Unasked | Gear::Asking => view! { <Asking/> }.into_any(),
            Gear::Fault(fault) => view! { <NoDevice sense=Sense::Camera fault on_skip=on_done/> }.into_any(),
            Gear::Skipped => view! { <NoDevice sense=Sense::Camera fault=MediaFault::Other on_skip=on_done/> }.into_any(),
            Gear::On(_) => view! {
                <DeviceChoice sense=Sense::Camera/>
                {move || unsure.get().then(|| view! {
                    <p role="alert">
                        "Is something in front of the camera? Is a cover closed? You can also speak without a picture."
                    </p>
                })}
                <div class="actions">
                    <Button kind=ButtonKind::Primary on_press=on_done>"Yes, go on"</Button>
                    {move || if unsure.get() {
                        view! {
                            <Button on_press=move || {
                                studio.skip(Sense::Camera);
                                on_done.run(());
                            }>"Go on with sound only"</Button>
                        }.into_any()
                    } else {
                        view! { <Button on_press=move || unsure.set(true)>"No"</Button> }.into_any()
                    }}
                </div>
            }.into_any(),
        }}
    }
}
