//! A window with an app in it: input to the app, its picture to the screen, its wishes to the desktop.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::{App, Frame};
use egui::{Context, RawInput, ViewportEvent, ViewportId, ViewportInfo};
use egui_winit::{ActionRequested, State, accesskit_winit};
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::{Window, WindowId};

use super::picture::WindowPicture;
use super::screen::WindowPixels;
use super::{MakeApp, Message};
use crate::app::run::remembered::WindowShape;
use crate::app::run::window;
use crate::painter::{Bands, CpuPainter};

/// What is said where nothing can be painted any more.
const NOTHING_IS_PAINTED: &str = "nothing can be painted any more, through a fault of the program; \
                                  what was changed is kept, and offered at the next start";

/// No faster than the eye, or a remote desktop, can follow.
const FRAME_TIME: Duration = Duration::from_micros(16_600);

/// A window with an app in it.
pub(super) struct Running {
    window: Arc<Window>,
    screen: WindowPixels,
    picture: WindowPicture,
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
    pub(super) fn new(
        event_loop: &ActiveEventLoop,
        proxy: &EventLoopProxy<Message>,
        shape: WindowShape,
        start: MakeApp,
    ) -> Result<Self, String> {
        let context = Context::default();
        Bands::are_painted_in(&context);
        // Shown with its first picture, not before: an empty window flashes.
        let builder = window::builder(shape).with_visible(false);
        let window = egui_winit::create_window(&context, event_loop, &builder)
            .map_err(|_| "the desktop refused it".to_owned())?;
        let window = Arc::new(window);
        let screen = WindowPixels::new(Arc::clone(&window))?;
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
            picture: WindowPicture::new(),
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

    pub(super) fn on_message(&mut self, message: Message) {
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

    pub(super) fn on_window_event(&mut self, event: &WindowEvent) {
        match event {
            WindowEvent::CloseRequested => self.info.events.push(ViewportEvent::Close),
            WindowEvent::Occluded(is_hidden) => self.is_hidden = *is_hidden,
            _ => {}
        }
        let (state, window) = (&mut self.state, &self.window);
        let response = self.picture.guarded(&self.context, |_| state.on_window_event(window, event));
        if response.is_none_or(|response| response.repaint)
            || matches!(event, WindowEvent::CloseRequested | WindowEvent::Resized(_))
        {
            self.want(Instant::now());
        }
    }

    fn want(&mut self, when: Instant) {
        self.wanted = Some(self.wanted.map_or(when, |earlier| earlier.min(when)));
    }

    /// When to wake for the next frame, if one is wanted at all.
    pub(super) fn next_frame(&self) -> Option<Instant> {
        let earliest = self.last_frame.map(|last| last + FRAME_TIME);
        self.wanted.map(|wanted| earliest.map_or(wanted, |earliest| wanted.max(earliest)))
    }

    pub(super) fn paint_if_due(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        if self.next_frame().is_some_and(|when| when <= Instant::now()) {
            self.paint(event_loop)
        } else {
            Ok(())
        }
    }

    pub(super) fn paint_uncovered(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        self.was_uncovered = true;
        self.paint(event_loop)
    }

    fn paint(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        self.wanted = None;
        self.last_frame = Some(Instant::now());
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
        if !is_seen && !wants_picture && self.screen.has_shown() {
            self.run_hidden(event_loop, input, is_closing);
            return Ok(());
        }

        // The window's own frames catch their faults; these are the toolkit's and the painter's.
        let output = self.picture.guarded(&self.context, |_| {
            self.context.run_ui(input, |ui| {
                self.app.logic(ui.ctx(), &mut self.frame);
                self.app.ui(ui, &mut self.frame);
            })
        });
        let Some(output) = output else {
            self.picture.end_pass(&self.context);
            return self.go_on_without_picture();
        };
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        self.picture.take_textures(output.textures_delta);
        // Before it is painted: what was asked for is done even where that fails.
        for (id, viewport) in output.viewport_output {
            if id == ViewportId::ROOT {
                self.obey(viewport.commands, is_closing);
            }
        }

        let sides = [size.width as usize, size.height as usize];
        let changed = self.picture.paint(&self.context, output.shapes, output.pixels_per_point, sides);
        let Some(changed) = changed else { return self.go_on_without_picture() };
        let is_first = !self.screen.has_shown();
        let was_uncovered = std::mem::take(&mut self.was_uncovered);
        let (screen, context) = (&mut self.screen, &self.context);
        let shown = self.picture.guarded(context, |painter| screen.show(painter, &changed, was_uncovered));
        let Some(shown) = shown else { return self.go_on_without_picture() };
        shown?;
        self.picture.is_seen();
        if is_first {
            self.window.set_visible(true);
        }
        self.act();
        Ok(())
    }

    /// This frame is not seen: the next one is sent whole, and says what happened.
    fn go_on_without_picture(&mut self) -> Result<(), String> {
        self.was_uncovered = true;
        self.want(Instant::now());
        if self.picture.is_lost() { Err(NOTHING_IS_PAINTED.to_owned()) } else { Ok(()) }
    }

    /// Lets the app go on with its work while nobody can see it.
    fn run_hidden(&mut self, event_loop: &ActiveEventLoop, input: RawInput, is_closing: bool) {
        let output = self.picture.guarded(&self.context, |_| {
            self.context.run_logic(&input, |context| self.app.logic(context, &mut self.frame))
        });
        let Some(output) = output else {
            self.picture.end_pass(&self.context);
            return self.want(Instant::now());
        };
        // Kept for the next frame that is shown, as keys that were pressed meanwhile are still meant.
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
                    let picture = picture.get_or_insert_with(|| Arc::new(self.picture.image()));
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

    pub(super) fn window_id(&self) -> WindowId {
        self.window.id()
    }

    pub(super) fn is_closing(&self) -> bool {
        self.is_closing
    }

    pub(super) fn exit(&mut self) {
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
