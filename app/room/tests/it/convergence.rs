//! Whatever is drawn, dropped, doubled, cut or killed: every replica ends equal to the server, and nothing that was
//! answered is lost.

use crate::support::{GUARDIAN, HOST, Member, PATIENT, START_MS, append, begin, kit};
use kernel::AccountId;
use proptest::prelude::*;
use room::{
    model::{
        Act, Change, ClientId, ClientMsg, OpId, ParticipantId, Replica, Rights, RoomState, ServerMsg, Sheet, UndoStack,
        board::Op, state::stage_hash,
    },
    session::{Aside, Core, Kept, Record},
};
use std::collections::{BTreeSet, VecDeque};
use uuid::Uuid;

/// The server: a core, its log, and the line to each tab.
struct Server {
    core: Core,
    log: Vec<Record>,
    now_ms: u64,
}

struct Tab {
    member: Member,
    device: Uuid,
    me: ParticipantId,
    client: ClientId,
    state: Option<RoomState>,
    replica: Option<Replica>,
    undo: UndoStack,
    next_op: u32,
    online: bool,
    to_server: VecDeque<ClientMsg>,
    to_page: VecDeque<ServerMsg>,
    /// Begun strokes whose event came back: acknowledged for ever.
    acknowledged: BTreeSet<OpId>,
    /// Every operation whose event was seen, whoever drew it.
    answered: BTreeSet<OpId>,
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
    /// The server keeps what it decided, and sends it.
    Flush,
    /// The line breaks; everything on it is lost.
    Cut(usize),
    Back(usize),
    Lock(bool),
    /// The server is killed: what was not kept is lost, and every line with it.
    Kill,
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
        6 => Just(Step::Flush),
        1 => tab.clone().prop_map(Step::Cut),
        2 => tab.prop_map(Step::Back),
        1 => any::<bool>().prop_map(Step::Lock),
        1 => Just(Step::Kill),
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
                now_ms: START_MS,
            },
            tabs: [HOST, PATIENT, GUARDIAN].into_iter().map(Tab::new).collect(),
        };
        for tab in 0..3 {
            world.back(tab);
        }
        for guest in 1..3 {
            let who = world.tabs[guest].me;
            world.tabs[0].act(Act::Admit { who });
        }
        world.settle();
        world
    }

    fn flush(&mut self) {
        let decided = self.server.core.take();
        self.server.log.extend(decided.batch.records);
        for tab in self.tabs.iter_mut().filter(|tab| tab.online) {
            let core = &self.server.core;
            if decided.let_in.contains(&tab.me) {
                tab.to_page.push_back(core.greet(tab.me, tab.client, 0, 0));
                continue;
            }
            let theirs: Vec<_> = decided
                .events
                .iter()
                .filter(|event| core.state().concerns(tab.me, event))
                .cloned()
                .collect();
            tab.to_page.push_back(ServerMsg::Events(theirs));
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
                let tab = self.tabs.iter_mut().find(|tab| tab.me == to).unwrap();
                tab.to_page.push_back(answer);
            }
        }
    }

    fn cut(&mut self, tab: usize) {
        let tab = &mut self.tabs[tab];
        if tab.online {
            tab.online = false;
            tab.to_server.clear();
            tab.to_page.clear();
            self.server.core.line_broke(tab.me, self.server.now_ms);
        }
    }

    fn back(&mut self, tab: usize) {
        if self.tabs[tab].online {
            return;
        }
        let Member { account, seat } = self.tabs[tab].member;
        let account = AccountId::new(crate::support::uuid(account));
        let device = self.tabs[tab].device;
        let joined = self.server.core.join(account, seat, "", device, self.server.now_ms);
        let (me, client) = joined.unwrap();
        // What the greeting tells is kept first.
        self.flush();
        let tab = &mut self.tabs[tab];
        (tab.me, tab.client, tab.online) = (me, client, true);
        let (epoch, seq) = tab.state.as_ref().map_or((0, 0), |state| (state.epoch, state.seq));
        let greeting = self.server.core.greet(me, client, epoch, seq);
        tab.to_page.push_back(greeting);
        // A page reads its greeting before it sends anything.
        tab.down();
    }

    fn kill(&mut self) {
        for tab in 0..3 {
            let tab = &mut self.tabs[tab];
            tab.online = false;
            tab.to_server.clear();
            tab.to_page.clear();
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
                let strokes: Vec<OpId> = tab.replica.as_ref()?.confirmed().strokes().map(|(id, _)| id).collect();
                let name = strokes.get(usize::from(which) % strokes.len().max(1))?;
                Some(Op::Erase { strokes: vec![*name] })
            }),
            Step::Clear(tab, sheet) => self.tabs[tab].draw(|_| {
                Some(Op::Clear {
                    sheet: Sheet::Blank(u16::from(sheet)),
                })
            }),
            Step::Undo(tab) => self.tabs[tab].undo_or_redo(true),
            Step::Redo(tab) => self.tabs[tab].undo_or_redo(false),
            Step::Up(tab) => self.up(tab, 1),
            Step::UpTwice(tab) => self.up(tab, 2),
            Step::Down(tab) => self.tabs[tab].down(),
            Step::Flush => self.flush(),
            Step::Cut(tab) => self.cut(tab),
            Step::Back(tab) => self.back(tab),
            Step::Lock(locked) => self.lock(locked),
            Step::Kill => self.kill(),
        }
    }

    /// Everybody comes back and everything arrives.
    fn settle(&mut self) {
        for tab in 0..3 {
            self.back(tab);
        }
        while self
            .tabs
            .iter()
            .any(|tab| !tab.to_server.is_empty() || !tab.to_page.is_empty())
            || self.server.core.has_news()
        {
            for tab in 0..3 {
                while !self.tabs[tab].to_server.is_empty() {
                    self.up(tab, 1);
                }
            }
            self.flush();
            for tab in &mut self.tabs {
                while !tab.to_page.is_empty() {
                    tab.down();
                }
            }
        }
    }
}

impl Tab {
    fn new(member: Member) -> Self {
        Self {
            member,
            device: Uuid::from_u128(member.account + 500),
            me: ParticipantId::ROOM,
            client: ClientId(0),
            state: None,
            replica: None,
            undo: UndoStack::default(),
            next_op: 1,
            online: false,
            to_server: VecDeque::new(),
            to_page: VecDeque::new(),
            acknowledged: BTreeSet::new(),
            answered: BTreeSet::new(),
        }
    }

    fn id(&mut self) -> OpId {
        let id = OpId {
            client: self.client,
            no: self.next_op,
        };
        self.next_op += 1;
        id
    }

    fn act(&mut self, act: Act) {
        let id = self.id();
        if self.online {
            self.to_server.push_back(ClientMsg::Act { op_no: id.no, act });
        }
    }

    /// Draws as a page does: asks the rules, shows it at once, sends it; offline it stays pending.
    fn draw(&mut self, op: impl FnOnce(&Self) -> Option<Op>) {
        let Some(op) = op(self) else { return };
        let Some(state) = &self.state else { return };
        let rights = state.board_rights(self.me);
        let id = self.id();
        let Some(replica) = &mut self.replica else { return };
        if matches!(op, Op::Begin { .. }) && rights < Rights::Draw {
            return;
        }
        let touched = replica.act(id, op.clone());
        self.undo.did(id, &op, &touched);
        self.send(id, op);
    }

    fn undo_or_redo(&mut self, undo: bool) {
        let id = self.id();
        let Some(replica) = &mut self.replica else { return };
        let op = if undo {
            self.undo.undo(replica, id)
        } else {
            self.undo.redo(replica, id)
        };
        if let Some(op) = op {
            replica.act(id, op.clone());
            self.send(id, op);
        }
    }

    fn send(&mut self, id: OpId, op: Op) {
        if self.online {
            let act = Act::Board(op);
            self.to_server.push_back(ClientMsg::Act { op_no: id.no, act });
        }
    }

    fn open_stroke(&self) -> Option<u32> {
        let replica = self.replica.as_ref()?;
        [0, 1]
            .into_iter()
            .flat_map(|sheet| replica.visible(Sheet::Blank(sheet)))
            .find(|(id, stroke)| id.client == self.client && !stroke.ended)
            .map(|(id, _)| id.no)
    }

    fn down(&mut self) {
        match self.to_page.pop_front() {
            Some(ServerMsg::Snapshot(greeting)) => {
                let mut state = greeting.state;
                let board = std::mem::take(&mut state.board);
                match &mut self.replica {
                    Some(replica) => replica.reset(board, greeting.last_op),
                    None => self.replica = Some(Replica::new(greeting.me, board)),
                }
                self.state = Some(state);
                self.resend(greeting.last_op);
            }
            Some(ServerMsg::Resumed { last_op, missed }) => {
                for event in missed {
                    self.hear(event);
                }
                // Answered, and no event says so: it was refused while the line was down.
                let lost: Vec<OpId> = self.pending().filter(|id| id.no <= last_op).collect();
                for id in lost {
                    self.replica.as_mut().unwrap().refuse(id);
                }
                self.resend(last_op);
            }
            Some(ServerMsg::Events(events)) => {
                for event in events {
                    self.hear(event);
                }
            }
            Some(ServerMsg::Reject { op_no, .. }) => {
                let id = OpId {
                    client: self.client,
                    no: op_no,
                };
                if let Some(replica) = &mut self.replica {
                    replica.refuse(id);
                }
            }
            _ => {}
        }
    }

    fn pending(&self) -> impl Iterator<Item = OpId> {
        self.replica.iter().flat_map(Replica::pending).map(|(id, _)| *id)
    }

    fn resend(&mut self, last_op: u32) {
        self.to_server.clear();
        self.next_op = self.next_op.max(last_op + 1);
        let pending: Vec<(OpId, Op)> = self.replica.iter().flat_map(Replica::pending).cloned().collect();
        for (id, op) in pending {
            self.send(id, op);
        }
    }

    fn hear(&mut self, event: room::model::Event) {
        let Some(state) = &mut self.state else { return };
        if event.seq <= state.seq {
            return;
        }
        if let (Change::Board(op), Some(id)) = (&event.change, event.cause) {
            state.seq = event.seq;
            assert!(self.answered.insert(id), "{id:?} was carried out twice");
            self.replica.as_mut().unwrap().confirm(id, event.actor, op);
            if id.client == self.client && matches!(op, Op::Begin { .. }) {
                self.acknowledged.insert(id);
            }
        } else {
            state.apply_but_board(&event);
        }
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
        for tab in &world.tabs {
            let (state, replica) = (tab.state.as_ref().unwrap(), tab.replica.as_ref().unwrap());
            prop_assert_eq!(replica.confirmed(), &truth.board, "{:?}", tab.member.seat);
            prop_assert_eq!(replica.pending().count(), 0);
            prop_assert_eq!(stage_hash(&state.stage, replica.confirmed()), truth.stage_hash());
            prop_assert_eq!(&state.people, &truth.people);
            for stroke in &tab.acknowledged {
                prop_assert!(truth.board.stroke(*stroke).is_some(), "{:?} was acknowledged and is lost", stroke);
            }
        }
    }
}
