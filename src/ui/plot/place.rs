//! Where a card has most room: the emptiest part of a frame, never under the pointer, and not hopping about.

use egui::{Context, Id, Pos2, Rect, Vec2, pos2};

/// Candidate places along each side.
const ACROSS: usize = 15;
const DOWN: usize = 7;
/// Free ground around the pointer, in points.
const POINTER_ROOM: f32 = 18.0;
/// A place must be so much better than the last one before the card moves.
const LOYALTY: f32 = 6.0;

/// What a card should not cover.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    /// Points on lines, each with what covering it costs.
    pub points: Vec<(Pos2, f32)>,
    /// Labels and handles.
    pub rects: Vec<Rect>,
    /// Never under the pointer, nor under what is being dragged.
    pub pointers: Vec<Pos2>,
}

impl Obstacles {
    /// Adds a line, sampled so that its cost does not depend on how finely it is drawn.
    pub fn add_line(&mut self, line: &[Pos2], cost: f32) {
        let mut last: Option<Pos2> = None;
        for point in line {
            let is_far = last.is_none_or(|last| last.distance(*point) >= 8.0);
            if is_far {
                if let Some(from) = last {
                    let steps = (from.distance(*point) / 8.0).floor().min(80.0) as usize;
                    let way = *point - from;
                    let between = (1..steps).map(|step| from + way * (step as f32 / steps as f32));
                    self.points.extend(between.map(|at| (at, cost)));
                }
                self.points.push((*point, cost));
                last = Some(*point);
            }
        }
    }

    fn cost(&self, card: Rect) -> f32 {
        let under: f32 = self
            .points
            .iter()
            .filter(|(point, _)| card.contains(*point))
            .map(|(_, cost)| cost)
            .sum();
        let labels: f32 = self
            .rects
            .iter()
            .filter(|rect| rect.intersects(card))
            .map(|rect| 4.0 + rect.intersect(card).area() / 40.0)
            .sum();
        let pointer = self
            .pointers
            .iter()
            .any(|at| card.expand(POINTER_ROOM).contains(*at));
        under + labels + if pointer { 10_000.0 } else { 0.0 }
    }
}

/// The place for a card of `size` inside `room`; `id` remembers the last one.
pub fn place(ctx: &Context, id: Id, room: Rect, size: Vec2, obstacles: &Obstacles) -> Rect {
    best(ctx, id, (room, size), (candidates(room, size), obstacles))
}

/// As [`place`], at the foot of the room or in one of its upper corners: for a card that stays while
/// something is dragged across the room, and grows upwards.
pub fn place_at_edge(ctx: &Context, id: Id, room: Rect, size: Vec2, obstacles: &Obstacles) -> Rect {
    let free = (room.size() - size).max(Vec2::ZERO);
    let foot = room.top() + free.y;
    let places = candidates(room, size).filter(|card| {
        let is_side = card.left() <= room.left() + 1.0 || card.left() >= room.left() + free.x - 1.0;
        (card.top() - foot).abs() <= 1.0 || (is_side && card.top() <= room.top() + 1.0)
    });
    best(ctx, id, (room, size), (places, obstacles))
}

/// The cheapest of some places, or the last one while it is hardly dearer.
fn best(
    ctx: &Context,
    id: Id,
    (room, size): (Rect, Vec2),
    (places, obstacles): (impl Iterator<Item = Rect>, &Obstacles),
) -> Rect {
    let first = Rect::from_min_size(room.min, size);
    let best = places
        .map(|card| (obstacles.cost(card), card))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((0.0, first));
    let last = ctx
        .data(|data| data.get_temp::<Rect>(id))
        .map(|last| kept(last, room, size))
        .filter(|card| room.contains_rect(*card))
        .map(|card| (obstacles.cost(card), card));
    let chosen = match last {
        Some(last) if last.0 <= best.0 + LOYALTY => last.1,
        Some(_) | None => best.1,
    };
    ctx.data_mut(|data| data.insert_temp(id, chosen));
    chosen
}

/// The last place at another size: a card at the foot of the room keeps its foot.
fn kept(last: Rect, room: Rect, size: Vec2) -> Rect {
    let is_at_foot = (last.bottom() - room.bottom()).abs() <= 1.0;
    let top = if is_at_foot {
        (room.bottom() - size.y).round()
    } else {
        last.top()
    };
    Rect::from_min_size(pos2(last.left(), top), size)
}

fn candidates(room: Rect, size: Vec2) -> impl Iterator<Item = Rect> {
    let free = (room.size() - size).max(Vec2::ZERO);
    // from the middle outwards, so that equal costs prefer the middle
    let outward = |count: usize| {
        let half = count / 2;
        (0..count).map(move |index| {
            let away = index.div_ceil(2);
            if index % 2 == 0 {
                half - away
            } else {
                half + away
            }
        })
    };
    outward(ACROSS).flat_map(move |column| {
        outward(DOWN).map(move |row| {
            let x = room.left() + free.x * column as f32 / (ACROSS - 1) as f32;
            let y = room.top() + free.y * row as f32 / (DOWN - 1) as f32;
            Rect::from_min_size(pos2(x.round(), y.round()), size)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    const ROOM: Rect = Rect {
        min: pos2(0.0, 0.0),
        max: pos2(600.0, 300.0),
    };

    #[test]
    fn a_card_avoids_lines_and_is_never_under_the_pointer() {
        let ctx = Context::default();
        let size = vec2(150.0, 100.0);
        let mut obstacles = Obstacles::default();
        obstacles.add_line(&[pos2(0.0, 20.0), pos2(600.0, 20.0)], 1.0);
        let first = place(&ctx, Id::unique("card"), ROOM, size, &obstacles);
        assert!(first.top() > 20.0);
        obstacles.pointers.push(first.center());
        let second = place(&ctx, Id::unique("card"), ROOM, size, &obstacles);
        assert!(
            !second.expand(POINTER_ROOM).contains(first.center()),
            "{second:?}"
        );
        assert!(second.top() > 20.0 && ROOM.contains_rect(second));
    }

    #[test]
    fn a_card_stays_while_its_place_is_good_enough() {
        let ctx = Context::default();
        let (id, size) = (Id::unique("card"), vec2(100.0, 60.0));
        let mut obstacles = Obstacles::default();
        obstacles.pointers.push(pos2(50.0, 50.0));
        let first = place(&ctx, id, ROOM, size, &obstacles);
        obstacles.pointers[0] = pos2(60.0, 60.0);
        assert_eq!(place(&ctx, id, ROOM, size, &obstacles), first);
    }

    #[test]
    fn a_card_at_the_edge_stands_at_the_foot_and_keeps_it_as_it_grows() {
        let ctx = Context::default();
        let id = Id::unique("card");
        let obstacles = Obstacles::default();
        let low = place_at_edge(&ctx, id, ROOM, vec2(150.0, 60.0), &obstacles);
        assert_eq!(low.bottom(), ROOM.bottom());
        let high = place_at_edge(&ctx, id, ROOM, vec2(150.0, 120.0), &obstacles);
        assert_eq!((high.left(), high.bottom()), (low.left(), ROOM.bottom()));
        let mut wall = Obstacles::default();
        wall.add_line(&[pos2(0.0, 280.0), pos2(600.0, 280.0)], 1.0);
        let above = place_at_edge(&ctx, id, ROOM, vec2(150.0, 60.0), &wall);
        assert!(above.top() == ROOM.top() && (above.left() == 0.0 || above.right() == 600.0));
    }
}
