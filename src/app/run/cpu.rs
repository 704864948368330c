//! The window drawn by our own painter: winit's events in, softbuffer's pixels out.
//!
//! Nothing runs while nothing happens. A frame is painted at most sixty times a second, when something
//! was pressed or moved, or when egui asked for it; and only what changed is sent to the screen, which is
//! what matters over a remote desktop.

mod screen;

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::{App, Frame};
use egui::{Context, RawInput, ViewportEvent, ViewportId, ViewportInfo};
use egui_winit::accesskit_winit;
use egui_winit::{ActionRequested, State};
use winit::application::ApplicationHandler;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Window, WindowId};

use super::StartError;
use super::display::Backend;
use super::remembered::{StartMemory, WindowShape};
use super::window::{self, Watched};
use crate::app::cpu_painter::CpuPainter;
use screen::Screen;

/// No faster than the eye, or a remote desktop, can follow.
const FRAME_TIME: Duration = Duration::from_micros(16_600);

/// Makes the app once there is a context.
type Start = Box<dyn FnOnce(&Context) -> Box<dyn App>>;

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
    start: Option<Start>,
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

    fn new_events(&mut self, _event_loop: &ActiveEventLoop, _cause: StartCause) {}

    fn user_event(&mut self, _event_loop: &ActiveEventLoop, message: Message) {
        if let Some(running) = &mut self.running {
            running.on_message(message);
        }
    }

    fn window_event(&mut self, _event_loop: &ActiveEventLoop, id: WindowId, event: WindowEvent) {
        if let Some(running) = self.running.as_mut().filter(|running| running.window.id() == id) {
            running.on_window_event(&event);
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let Some(running) = &mut self.running else { return };
        if let Err(error) = running.paint_if_due(event_loop) {
            self.error = Some(StartError::NoWindow(error));
            event_loop.exit();
        } else if running.is_closing {
            event_loop.exit();
        } else {
            event_loop.set_control_flow(match running.next_frame() {
                Some(when) => ControlFlow::WaitUntil(when),
                None => ControlFlow::Wait,
            });
        }
    }
}

/// A window with an app in it.
struct Running {
    window: Arc<Window>,
    screen: Screen,
    painter: CpuPainter,
    context: Context,
    state: State,
    info: ViewportInfo,
    app: Box<dyn App>,
    frame: Frame,
    actions: Vec<ActionRequested>,
    /// Input that arrived while the window was hidden.
    pending_input: RawInput,
    wanted: Option<Instant>,
    last_frame: Option<Instant>,
    was_uncovered: bool,
    is_hidden: bool,
    is_closing: bool,
}

impl Running {
    fn new(
        event_loop: &ActiveEventLoop,
        proxy: &EventLoopProxy<Message>,
        shape: WindowShape,
        start: Start,
    ) -> Result<Self, String> {
        let context = Context::default();
        let builder = window::builder(shape).with_visible(false);
        let window = egui_winit::create_window(&context, event_loop, &builder)
            .map_err(|_| "the desktop refused it".to_owned())?;
        let window = Arc::new(window);
        let screen = Screen::new(Arc::clone(&window))?;
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &context, &window, true);
        let mut state = State::new(
            context.clone(),
            ViewportId::ROOT,
            event_loop,
            Some(window.scale_factor() as f32),
            window.theme(),
            Some(CpuPainter::MAX_TEXTURE_SIDE),
        );
        // Before the window is shown, as AccessKit asks.
        state.init_accesskit(event_loop, &window, proxy.clone());
        wake_for_repaints(&context, proxy);
        Ok(Self {
            app: start(&context),
            // The only frame there is outside eframe's own event loop; it has neither OpenGL nor storage.
            frame: Frame::_new_kittest(),
            window,
            screen,
            painter: CpuPainter::new(),
            context,
            state,
            info,
            actions: Vec::new(),
            pending_input: RawInput::default(),
            wanted: Some(Instant::now()),
            last_frame: None,
            was_uncovered: false,
            is_hidden: false,
            is_closing: false,
        })
    }

    fn on_message(&mut self, message: Message) {
        match message {
            Message::Repaint { when, pass } => {
                // A request from a pass long gone was answered by the passes since.
                let current = self.context.cumulative_pass_nr();
                if current == pass || current == pass + 1 {
                    self.want(when);
                }
            }
            Message::Access(event) => match event.window_event {
                accesskit_winit::WindowEvent::InitialTreeRequested => {
                    self.context.enable_accesskit();
                    self.want(Instant::now());
                }
                accesskit_winit::WindowEvent::ActionRequested(request) => {
                    self.state.on_accesskit_action_request(request);
                    self.want(Instant::now());
                }
                accesskit_winit::WindowEvent::AccessibilityDeactivated => self.context.disable_accesskit(),
            },
        }
    }

    fn on_window_event(&mut self, event: &WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => {
                // Nobody but the desktop asks for this: it lost what the window showed.
                self.was_uncovered = true;
                self.want(Instant::now());
                return;
            }
            WindowEvent::CloseRequested => self.info.events.push(ViewportEvent::Close),
            WindowEvent::Occluded(is_hidden) => self.is_hidden = *is_hidden,
            _ => {}
        }
        let response = self.state.on_window_event(&self.window, event);
        if response.repaint || matches!(event, WindowEvent::CloseRequested | WindowEvent::Resized(_)) {
            self.want(Instant::now());
        }
    }

    fn want(&mut self, when: Instant) {
        self.wanted = Some(self.wanted.map_or(when, |earlier| earlier.min(when)));
    }

    /// When to wake for the next frame, if one is wanted at all.
    fn next_frame(&self) -> Option<Instant> {
        let earliest = self.last_frame.map(|last| last + FRAME_TIME);
        self.wanted.map(|wanted| earliest.map_or(wanted, |earliest| wanted.max(earliest)))
    }

    fn paint_if_due(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        if self.next_frame().is_some_and(|when| when <= Instant::now()) {
            self.wanted = None;
            self.last_frame = Some(Instant::now());
            self.paint(event_loop)?;
        }
        Ok(())
    }

    fn paint(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        egui_winit::update_viewport_info(&mut self.info, &self.context, &self.window, false);
        let mut input = std::mem::take(&mut self.pending_input);
        input.append(self.state.take_egui_input(&self.window));
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        self.app.raw_input_hook(&self.context, &mut input);
        let is_closing = self.info.close_requested();
        self.info.events.clear();

        let size = self.window.inner_size();
        let is_seen =
            size.width > 0 && size.height > 0 && self.info.minimized != Some(true) && !self.is_hidden;
        let wants_picture = self.actions.iter().any(ActionRequested::wants_paint);
        if !is_seen && !wants_picture && self.last_picture_exists() {
            self.run_hidden(event_loop, input, is_closing);
            return Ok(());
        }

        let output = self.context.run_ui(input, |ui| {
            self.app.logic(ui.ctx(), &mut self.frame);
            self.app.ui(ui, &mut self.frame);
        });
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        self.painter.update_textures(output.textures_delta);

        let ground = self.context.global_style().visuals.panel_fill;
        let primitives = self.context.tessellate(output.shapes, output.pixels_per_point);
        let picture = [size.width as usize, size.height as usize];
        let changed = self.painter.paint(picture, output.pixels_per_point, ground, &primitives);
        let is_first = !self.screen.has_shown();
        self.screen.show(&self.painter, &changed, std::mem::take(&mut self.was_uncovered))?;
        if is_first {
            self.window.set_visible(true);
        }

        for (id, viewport) in output.viewport_output {
            if id == ViewportId::ROOT {
                self.obey(viewport.commands, is_closing);
            }
        }
        self.act();
        Ok(())
    }

    fn last_picture_exists(&self) -> bool {
        self.screen.has_shown()
    }

    /// Lets the app go on with its work while nobody can see it.
    fn run_hidden(&mut self, event_loop: &ActiveEventLoop, input: RawInput, is_closing: bool) {
        let output = self.context.run_logic(&input, |context| self.app.logic(context, &mut self.frame));
        self.pending_input = input;
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        for (id, commands) in output.viewport_commands {
            if id == ViewportId::ROOT {
                self.obey(commands, is_closing);
                return;
            }
        }
        self.is_closing |= is_closing;
    }

    fn obey(&mut self, commands: Vec<egui::ViewportCommand>, is_closing: bool) {
        let is_kept_open = commands.contains(&egui::ViewportCommand::CancelClose);
        self.is_closing |= is_closing && !is_kept_open;
        egui_winit::process_viewport_commands(
            &self.context,
            &mut self.info,
            commands,
            &self.window,
            &mut self.actions,
        );
        if self.info.close_requested() {
            self.want(Instant::now());
        }
    }

    /// Does what egui asked for beyond painting.
    fn act(&mut self) {
        let mut picture = None;
        for action in std::mem::take(&mut self.actions) {
            match action {
                ActionRequested::Screenshot(callback) => {
                    let picture = picture.get_or_insert_with(|| Arc::new(self.painter.image()));
                    callback.complete(Arc::clone(picture));
                    self.want(Instant::now());
                }
                ActionRequested::Cut => self.input(egui::Event::Cut),
                ActionRequested::Copy => self.input(egui::Event::Copy),
                ActionRequested::Paste => {
                    if let Some(text) = self.state.clipboard_text().filter(|text| !text.is_empty()) {
                        self.input(egui::Event::Paste(text.replace("\r\n", "\n")));
                    }
                }
                ActionRequested::PaintWhileHidden => {}
            }
        }
    }

    fn input(&mut self, event: egui::Event) {
        self.state.egui_input_mut().events.push(event);
        self.want(Instant::now());
    }

    fn exit(&mut self) {
        #[cfg(feature = "gpu")]
        self.app.on_exit(None);
        #[cfg(not(feature = "gpu"))]
        self.app.on_exit();
    }
}

/// Lets egui, on whatever thread, wake the event loop.
fn wake_for_repaints(context: &Context, proxy: &EventLoopProxy<Message>) {
    let proxy = egui::mutex::Mutex::new(proxy.clone());
    context.set_request_repaint_callback(move |request| {
        let Some(when) = Instant::now().checked_add(request.delay) else { return };
        let message = Message::Repaint { when, pass: request.current_cumulative_pass_nr };
        // The loop is gone only when the window is.
        proxy.lock().send_event(message).ok();
    });
}
