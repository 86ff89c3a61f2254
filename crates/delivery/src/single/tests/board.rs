use super::*;

const BLOCK: u64 = 256 << 10;

fn board(count: u64, held: &[u64]) -> Board {
    Board::new(Blocks::of(count * BLOCK), held)
}

#[tokio::test]
async fn runs_go_round_what_is_held_or_taken() {
    let board = board(64, &[2]);
    assert_eq!(board.take(0, 8, 1).await, Some(0..2));
    assert_eq!(board.take(0, 8, 1).await, Some(3..11));
    board.hand_back(0..2);
    assert_eq!(board.take(0, 1, 1).await, Some(0..1));
}

#[tokio::test]
async fn runs_get_shorter_towards_the_end() {
    let board = board(16, &[]);
    assert_eq!(board.take(0, u64::MAX, 2).await, Some(0..4));
    (0..12).for_each(|block| board.hold(block));
    assert_eq!(board.take(0, u64::MAX, 2).await, Some(12..13));
}

#[tokio::test]
async fn whoever_waits_gets_what_another_hands_back() {
    let board = board(1, &[]);
    let taken = board.take(0, 1, 1).await.expect("a block");
    let waiting = board.take(0, 1, 1);
    tokio::pin!(waiting);
    assert!(futures::poll!(&mut waiting).is_pending());
    board.hand_back(taken.clone());
    assert_eq!(waiting.await, Some(taken));
}

#[tokio::test]
async fn a_second_connection_waits_until_the_first_was_answered() {
    let board = board(4, &[0]);
    assert!(board.join(4), "the first");
    let waiting = board.opened();
    tokio::pin!(waiting);
    assert!(futures::poll!(&mut waiting).is_pending());
    assert!(!board.join(4), "what an earlier run held says nothing");
    board.open();
    waiting.await;
    assert!(board.join(2));
    assert!(!board.join(2), "no more than pay");
    assert!(!board.leave_beyond(2, 1));
    assert!(board.may_leave(1), "another is left");
    assert!(!board.may_leave(0), "the last one may not");
    assert!(!board.leave_beyond(0, 0), "nor because none pays");
}

#[tokio::test]
async fn nobody_joins_whoever_works_alone() {
    let board = board(4, &[]);
    assert!(board.join(4));
    board.open();
    board.work_alone(0);
    assert!(!board.join(4));
    assert!(!board.leave_beyond(0, 0));
}

#[tokio::test]
async fn content_that_changed_is_fetched_from_the_beginning() {
    let board = board(2, &[0]);
    board.hold(1);
    assert_eq!(board.figures().held_bytes, 2 * BLOCK);
    board.begin_anew();
    assert_eq!(board.figures().held_bytes, 0);
    assert_eq!(board.take(0, 1, 1).await, Some(0..1));
}
