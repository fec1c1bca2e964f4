//! Whatever is drawn, dropped, doubled, cut or killed: every replica ends equal to the server, nothing that was acknowledged
//! is lost, and of what was not, nothing but what the rules refused. The pages are the real ones (`client::mirror`).

use crate::support::{GUARDIAN, HOST, Member, PATIENT, START_MS, append, begin, kit};
use kernel::AccountId;
use proptest::prelude::*;
use room::{
    client::mirror::Mirror,
    model::{
        Act, Change, ClientId, ClientMsg, Event, OpId, ParticipantId, Rights, ServerMsg, Sheet, board::Op,
        state::stage_hash,
    },
    session::{Aside, Core, Decided, Kept, Record},
};
use std::collections::{BTreeSet, VecDeque};
use uuid::Uuid;

/// The server: a core, its log, the batch on its way there, and the line to each tab.
struct Server {
    core: Core,
    log: Vec<Record>,
    flight: Option<Flight>,
    /// Acts that the rules did not allow.
    refused: BTreeSet<OpId>,
    now_ms: u64,
}

struct Flight {
    decided: Decided,
    /// Made from the state that is being kept, for whom.
    greetings: Vec<(usize, ServerMsg)>,
}

struct Tab {
    member: Member,
    device: Uuid,
    me: ParticipantId,
    client: ClientId,
    mirror: Mirror,
    online: bool,
    /// Comes back as soon as the log is free.
    knocks: Option<(u64, u64)>,
    to_server: VecDeque<ClientMsg>,
    to_page: VecDeque<ServerMsg>,
    drawn: BTreeSet<OpId>,
    /// Every operation whose event was seen in this life of the room, whoever drew it.
    seen: BTreeSet<OpId>,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Begin(usize, u8),
    Append(usize),
    End(usize),
    EraseSome(usize, u8),
    Clear(usize, u8),
    Undo(usize),
    Redo(usize),
    /// The tab's next message reaches the server.
    Up(usize),
    /// ... and reaches it twice.
    UpTwice(usize),
    /// The server's next message reaches the tab.
    Down(usize),
    /// The server tells what was drawn.
    Tell,
    /// A batch is on its way to the log,
    Keep,
    /// ... and has arrived.
    Kept,
    /// The line breaks; everything on it is lost.
    Cut(usize),
    Back(usize),
    Lock(bool),
    /// The server is killed, and every line with it: what is not in the log is lost, and a batch on its way may be or not.
    Kill(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let tab = 0..3_usize;
    prop_oneof![
        4 => (tab.clone(), 0..2_u8).prop_map(|(tab, sheet)| Step::Begin(tab, sheet)),
        6 => tab.clone().prop_map(Step::Append),
        3 => tab.clone().prop_map(Step::End),
        2 => (tab.clone(), any::<u8>()).prop_map(|(tab, which)| Step::EraseSome(tab, which)),
        1 => (tab.clone(), 0..2_u8).prop_map(|(tab, sheet)| Step::Clear(tab, sheet)),
        3 => tab.clone().prop_map(Step::Undo),
        2 => tab.clone().prop_map(Step::Redo),
        12 => tab.clone().prop_map(Step::Up),
        2 => tab.clone().prop_map(Step::UpTwice),
        12 => tab.clone().prop_map(Step::Down),
        6 => Just(Step::Tell),
        3 => Just(Step::Keep),
        3 => Just(Step::Kept),
        1 => tab.clone().prop_map(Step::Cut),
        3 => tab.prop_map(Step::Back),
        1 => any::<bool>().prop_map(Step::Lock),
        1 => any::<bool>().prop_map(Step::Kill),
    ]
}

struct World {
    server: Server,
    tabs: Vec<Tab>,
}

impl World {
    fn new() -> Self {
        let kept = Kept {
            epoch: 1,
            ..Kept::default()
        };
        let mut world = Self {
            server: Server {
                core: Core::new(kept, &kit(), START_MS + 3_600_000, START_MS),
                log: Vec::new(),
                flight: None,
                refused: BTreeSet::new(),
                now_ms: START_MS,
            },
            tabs: [HOST, PATIENT, GUARDIAN].into_iter().map(Tab::new).collect(),
        };
        world.settle();
        for guest in 1..3 {
            let who = world.tabs[guest].me;
            world.tabs[0].act(Act::Admit { who });
        }
        world.settle();
        world
    }

    fn holds_back(&self) -> bool {
        let flight = self.server.flight.as_ref();
        flight.is_some_and(|flight| !flight.decided.events.is_empty() || !flight.greetings.is_empty())
    }

    /// As the room's task does: drawing alone, unless something before it waits for the log.
    fn tell(&mut self) {
        let waits = self.tabs.iter().any(|tab| tab.knocks.is_some());
        if !waits && !self.holds_back() {
            let drawn = self.server.core.take_drawn();
            self.deliver(&drawn);
        }
    }

    fn deliver(&mut self, events: &[Event]) {
        let state = self.server.core.state();
        for tab in self.tabs.iter_mut().filter(|tab| tab.online) {
            let theirs = events.iter().filter(|event| state.concerns(tab.me, event));
            tab.to_page.push_back(ServerMsg::Events(theirs.cloned().collect()));
        }
    }

    fn keep(&mut self) {
        if self.server.flight.is_some() {
            return;
        }
        self.tell();
        let decided = self.server.core.take();
        let core = &self.server.core;
        let mut greetings = Vec::new();
        for (n, tab) in self.tabs.iter_mut().enumerate() {
            let knocks = tab.knocks.take();
            let anew = decided.let_in.contains(&tab.me).then_some((0, 0));
            if let Some((epoch, seq)) = knocks.or(anew.filter(|_| tab.online)) {
                // Whoever is greeted anew hears nothing before it.
                tab.online = false;
                greetings.push((n, core.greet(tab.me, tab.client, epoch, seq)));
            }
        }
        self.server.flight = Some(Flight { decided, greetings });
    }

    fn kept(&mut self) {
        let Some(Flight { decided, greetings }) = self.server.flight.take() else {
            return;
        };
        let drawn = decided.batch.drawn();
        self.server.log.extend(decided.batch.records);
        self.deliver(&decided.events);
        for tab in self.tabs.iter_mut().filter(|tab| tab.online) {
            if let Some(last_op) = drawn.get(&tab.client) {
                tab.to_page.push_back(ServerMsg::Kept { last_op: *last_op });
            }
        }
        for (n, greeting) in greetings {
            self.tabs[n].online = true;
            self.tabs[n].to_page.push_back(greeting);
        }
    }

    fn up(&mut self, tab: usize, times: usize) {
        let Some(message) = self.tabs[tab].to_server.pop_front() else {
            return;
        };
        for _ in 0..times {
            let (who, client) = (self.tabs[tab].me, self.tabs[tab].client);
            self.server.now_ms += 1;
            let aside = self.server.core.hear(who, client, message.clone(), self.server.now_ms);
            if let Some(Aside::To(to, answer)) = aside {
                if let ServerMsg::Reject { op_no: no, .. } = answer {
                    self.server.refused.insert(OpId { client, no });
                }
                let tab = self.tabs.iter_mut().find(|tab| tab.me == to).unwrap();
                tab.to_page.push_back(answer);
            }
        }
    }

    /// The page reads a message; what it forgets for good has to be in the log.
    fn down(&mut self, tab: usize) {
        for forgotten in self.tabs[tab].down() {
            let refused = self.server.refused.contains(&forgotten);
            assert!(
                refused || logged(&self.server.log).any(|id| id == forgotten),
                "{forgotten:?} was acknowledged and is not in the log"
            );
        }
    }

    fn cut(&mut self, tab: usize) {
        // Whoever is being greeted has a line that is not cut here.
        let tab = &mut self.tabs[tab];
        if tab.online {
            tab.is_cut();
            self.server.core.line_broke(tab.me, self.server.now_ms);
        }
    }

    fn back(&mut self, tab: usize) {
        let flight = self.server.flight.as_ref();
        let greeted = flight.is_some_and(|flight| flight.greetings.iter().any(|(n, _)| *n == tab));
        let tab = &mut self.tabs[tab];
        if tab.online || tab.knocks.is_some() || greeted {
            return;
        }
        let Member { account, seat } = tab.member;
        let account = AccountId::new(crate::support::uuid(account));
        let joined = self.server.core.join(account, seat, "", tab.device, self.server.now_ms);
        (tab.me, tab.client) = joined.unwrap();
        tab.knocks = Some(tab.mirror.resume_from());
    }

    fn kill(&mut self, arrived: bool) {
        if let Some(flight) = self.server.flight.take()
            && arrived
        {
            self.server.log.extend(flight.decided.batch.records);
        }
        for tab in &mut self.tabs {
            tab.is_cut();
        }
        let kept = Kept {
            epoch: self.server.core.state().epoch + 1,
            saved: None,
            records: self.server.log.clone(),
        };
        self.server.core = Core::new(kept, &kit(), START_MS + 3_600_000, self.server.now_ms);
    }

    fn lock(&mut self, locked: bool) {
        let who = self.tabs[1].me;
        let rights = if locked { Rights::View } else { Rights::Draw };
        self.tabs[0].act(Act::SetRights { who, rights });
    }

    fn run(&mut self, step: Step) {
        match step {
            Step::Begin(tab, sheet) => self.tabs[tab].draw(|_| Some(begin(u16::from(sheet), 5.0))),
            Step::Append(tab) => self.tabs[tab].draw(|tab| Some(append(tab.open_stroke()?, 9.0))),
            Step::End(tab) => self.tabs[tab].draw(|tab| {
                Some(Op::End {
                    stroke: tab.open_stroke()?,
                    points: Vec::new().into(),
                })
            }),
            Step::EraseSome(tab, which) => self.tabs[tab].draw(|tab| {
                let confirmed = tab.mirror.replica().confirmed();
                let strokes: Vec<OpId> = confirmed.strokes().map(|(id, _)| id).collect();
                let name = strokes.get(usize::from(which) % strokes.len().max(1))?;
                Some(Op::Erase { strokes: vec![*name] })
            }),
            Step::Clear(tab, sheet) => self.tabs[tab].draw(|_| {
                Some(Op::Clear {
                    sheet: Sheet::Blank(u16::from(sheet)),
                })
            }),
            Step::Undo(tab) => {
                let undone = self.tabs[tab].mirror.undo();
                self.tabs[tab].drew(undone.map(|(_, message)| message));
            }
            Step::Redo(tab) => {
                let redone = self.tabs[tab].mirror.redo();
                self.tabs[tab].drew(redone.map(|(_, message)| message));
            }
            Step::Up(tab) => self.up(tab, 1),
            Step::UpTwice(tab) => self.up(tab, 2),
            Step::Down(tab) => self.down(tab),
            Step::Tell => self.tell(),
            Step::Keep => self.keep(),
            Step::Kept => self.kept(),
            Step::Cut(tab) => self.cut(tab),
            Step::Back(tab) => self.back(tab),
            Step::Lock(locked) => self.lock(locked),
            Step::Kill(arrived) => self.kill(arrived),
        }
    }

    fn is_busy(&self) -> bool {
        let on_the_line =
            |tab: &Tab| !tab.online || tab.knocks.is_some() || !tab.to_server.is_empty() || !tab.to_page.is_empty();
        self.tabs.iter().any(on_the_line) || self.server.flight.is_some() || self.server.core.has_news()
    }

    /// Everybody comes back and everything arrives.
    fn settle(&mut self) {
        while self.is_busy() {
            for tab in 0..3 {
                self.back(tab);
                while !self.tabs[tab].to_server.is_empty() {
                    self.up(tab, 1);
                }
            }
            self.keep();
            self.kept();
            for tab in 0..3 {
                while !self.tabs[tab].to_page.is_empty() {
                    self.down(tab);
                }
            }
        }
    }
}

/// The operations of a log.
fn logged(log: &[Record]) -> impl Iterator<Item = OpId> {
    log.iter().filter_map(|record| match record {
        Record::Event(event) if matches!(event.change, Change::Board(_)) => event.cause,
        _ => None,
    })
}

impl Tab {
    fn new(member: Member) -> Self {
        Self {
            member,
            device: Uuid::from_u128(member.account + 500),
            me: ParticipantId::ROOM,
            client: ClientId(0),
            mirror: Mirror::default(),
            online: false,
            knocks: None,
            to_server: VecDeque::new(),
            to_page: VecDeque::new(),
            drawn: BTreeSet::new(),
            seen: BTreeSet::new(),
        }
    }

    fn is_cut(&mut self) {
        self.online = false;
        self.knocks = None;
        self.to_server.clear();
        self.to_page.clear();
    }

    fn act(&mut self, act: Act) {
        let message = self.mirror.act(act);
        self.send(message);
    }

    /// Draws as a page does: asks the rules, shows it at once, sends it; offline it stays open.
    fn draw(&mut self, op: impl FnOnce(&Self) -> Option<Op>) {
        let Some(op) = op(self) else { return };
        let drawn = self.mirror.draw(op);
        self.drew(drawn.map(|(_, _, message)| message));
    }

    fn drew(&mut self, message: Option<ClientMsg>) {
        let Some(message) = message else { return };
        if let ClientMsg::Act { op_no: no, .. } = message {
            let client = self.client;
            self.drawn.insert(OpId { client, no });
        }
        self.send(message);
    }

    /// As `Room::send`.
    fn send(&mut self, message: ClientMsg) {
        let has_line = self.online || self.knocks.is_some();
        if has_line && self.mirror.is_in_step() {
            self.to_server.push_back(message);
        }
    }

    fn open_stroke(&self) -> Option<u32> {
        let replica = self.mirror.replica();
        [0, 1]
            .into_iter()
            .flat_map(|sheet| replica.visible(Sheet::Blank(sheet)))
            .find(|(id, stroke)| id.client == self.client && !stroke.ended)
            .map(|(id, _)| id.no)
    }

    /// Reads the next message; answers own operations that will not be sent again.
    fn down(&mut self) -> Vec<OpId> {
        let Some(message) = self.to_page.pop_front() else {
            return Vec::new();
        };
        match &message {
            ServerMsg::Snapshot(_) => self.seen.clear(),
            ServerMsg::Events(events) | ServerMsg::Resumed { missed: events, .. } => {
                for event in events {
                    if let (Change::Board(_), Some(id)) = (&event.change, event.cause) {
                        assert!(self.seen.insert(id), "{id:?} was carried out twice");
                    }
                }
            }
            _ => {}
        }
        let before = self.open();
        let (_, again) = self.mirror.hear(message);
        for message in again {
            self.send(message);
        }
        let after = self.open();
        before.difference(&after).copied().collect()
    }

    fn open(&self) -> BTreeSet<OpId> {
        let drawn = |id: &OpId| self.drawn.contains(id);
        self.mirror
            .open_acts()
            .map(|no| OpId {
                client: self.client,
                no,
            })
            .filter(drawn)
            .collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_replica_ends_equal_to_the_server(steps in proptest::collection::vec(step(), 1..160)) {
        let mut world = World::new();
        for step in steps {
            world.run(step);
        }
        world.settle();
        let truth = world.server.core.state();
        let kept: Vec<OpId> = logged(&world.server.log).collect();
        let once: BTreeSet<OpId> = kept.iter().copied().collect();
        prop_assert_eq!(kept.len(), once.len(), "something was kept twice");
        for tab in &world.tabs {
            let (state, replica) = (tab.mirror.state(), tab.mirror.replica());
            prop_assert_eq!(replica.confirmed(), &truth.board, "{:?}", tab.member.seat);
            prop_assert!(tab.mirror.is_settled());
            prop_assert_eq!(stage_hash(&state.stage, replica.confirmed()), truth.stage_hash());
            prop_assert_eq!(&state.people, &truth.people);
            for op in &tab.drawn {
                prop_assert!(once.contains(op) || world.server.refused.contains(op), "{:?} is lost", op);
            }
        }
    }
}
