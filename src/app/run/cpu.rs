//! The window drawn by our own painter: winit's events in, softbuffer's pixels out.
//!
//! Nothing runs while nothing happens. A frame is painted at most sixty times a second, when something
//! was pressed or moved, or when egui asked for it; and only what changed is sent to the screen, which is
//! what matters over a remote desktop.

mod picture;
mod running;
mod screen;

use std::sync::Arc;
use std::time::Instant;

use eframe::App;
use egui::Context;
use egui_winit::accesskit_winit;
use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, DeviceEvents, EventLoop, EventLoopProxy};
use winit::window::WindowId;

use super::StartError;
use super::display::Backend;
use super::remembered::{StartMemory, WindowShape};
use super::window::{self, Watched};
use running::Running;

/// Makes the app once there is a context.
type MakeApp = Box<dyn FnOnce(&Context) -> Box<dyn App>>;

/// What reaches the event loop from elsewhere.
#[derive(Debug)]
enum Message {
    Repaint { when: Instant, pass: u64 },
    Access(accesskit_winit::Event),
}

impl From<accesskit_winit::Event> for Message {
    fn from(event: accesskit_winit::Event) -> Self {
        Self::Access(event)
    }
}

pub(super) fn run<A: App + 'static>(
    backend: Backend,
    memory: Arc<dyn StartMemory>,
    start: impl FnOnce(&Context) -> A + 'static,
) -> Result<(), StartError> {
    let mut builder = EventLoop::with_user_event();
    window::prefer(backend, &mut builder);
    // winit's own text names files of the machine it was built on.
    let event_loop: EventLoop<Message> = builder.build().map_err(|_| StartError::NoDisplay)?;
    // A mouse that moves elsewhere on the desktop is no reason to wake.
    event_loop.listen_device_events(DeviceEvents::Never);
    let shape = memory.window_shape().unwrap_or_default();
    let mut runner = Runner {
        proxy: event_loop.create_proxy(),
        shape,
        start: Some(Box::new(move |context: &Context| {
            let app = start(context);
            Box::new(Watched::new(app, memory, shape)) as Box<dyn App>
        })),
        running: None,
        error: None,
    };
    let result = event_loop.run_app(&mut runner);
    if let Some(mut running) = runner.running.take() {
        running.exit();
    }
    match (runner.error, result) {
        (Some(error), _) => Err(error),
        (None, Err(_)) => Err(StartError::NoWindow("the desktop ended the connection".to_owned())),
        (None, Ok(())) => Ok(()),
    }
}

struct Runner {
    proxy: EventLoopProxy<Message>,
    shape: WindowShape,
    start: Option<MakeApp>,
    running: Option<Running>,
    error: Option<StartError>,
}

impl ApplicationHandler<Message> for Runner {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if let Some(start) = self.start.take() {
            match Running::new(event_loop, &self.proxy, self.shape, start) {
                Ok(running) => {
                    self.running = Some(running);
                    self.about_to_wait(event_loop);
                }
                Err(error) => {
                    self.error = Some(StartError::NoWindow(error));
                    event_loop.exit();
                }
            }
        }
    }

    fn user_event(&mut self, _event_loop: &ActiveEventLoop, message: Message) {
        if let Some(running) = &mut self.running {
            running.on_message(message);
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, id: WindowId, event: WindowEvent) {
        let Some(running) = self.running.as_mut().filter(|running| running.window_id() == id) else { return };
        if matches!(event, WindowEvent::RedrawRequested) {
            // Nobody but the desktop asks for this: it lost what the window showed. While a window is being
            // resized some desktops wait for nothing else.
            let result = running.paint_uncovered(event_loop);
            self.stop_on_error(event_loop, result);
        } else {
            running.on_window_event(&event);
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let Some(running) = &mut self.running else { return };
        let result = running.paint_if_due(event_loop);
        if running.is_closing() {
            event_loop.exit();
        }
        event_loop.set_control_flow(match running.next_frame() {
            Some(when) => ControlFlow::WaitUntil(when),
            None => ControlFlow::Wait,
        });
        self.stop_on_error(event_loop, result);
    }
}

impl Runner {
    fn stop_on_error(&mut self, event_loop: &ActiveEventLoop, result: Result<(), String>) {
        if let Err(error) = result {
            self.error = Some(StartError::NoWindow(error));
            event_loop.exit();
        }
    }
}
