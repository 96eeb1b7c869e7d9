"""How like what people say is to what wordings ask for, by compiled loops: the numbers of `Likeness`, exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.batch.fast.bits import NONE, Bits, places_of, words_for
from matching.batch.fast.bits import ONE as LONE
from matching.batch.fast.compared import Near, Places, Worded, laid
from matching.batch.fast.turned import BLOCK, Turned, turn
from matching.batch.said import FULL, Numbers, Steps
from matching.compiled import inlined, uncounted

Flags = NDArray[np.bool_]
Rough = NDArray[np.float32]

ALL = float(FULL)  # of a likeness, as numbers with a point
GROUP = 4  # statements of a person come in so many: loops of one length need no guess at where they end
LANES = 8  # columns of a wording come in so many
MANY = 32  # columns of several wordings come in so many
# Four bytes tell a likeness in thousandths to 0.0003: each of its three parts is below 1,001, where they are exact to
# 0.00007 each, and so is what these come to. Nearer to the middle between two whole numbers it is worked out anew.
MARGIN = np.float32(0.002)
ONE, HALF, QUARTER = np.float32(1), np.float32(0.5), np.float32(0.25)

SHIFT, PLACE = np.uint64(6), np.uint64(63)  # a number's word of bits, and its place there


class Said(NamedTuple):
    """Who makes which statements: person `n` makes `places[starts[n]:starts[n + 1]]`, padded to whole groups."""

    starts: Places
    places: Places


class Speakers(NamedTuple):
    """Who makes a statement: `n` is made by `people[starts[n]:starts[n + 1]]`. With room for statements, and people."""

    starts: Places
    people: Places
    is_heard: Flags
    speak: Bits

    @staticmethod
    def of(starts: Places, places: Places, many: int) -> Speakers:
        """Turn round who makes which of so many statements."""
        people = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts))
        ends = np.append(0, np.cumsum(np.bincount(places, minlength=many)))
        speak = np.zeros(words_for(len(starts) - 1), np.uint64)
        return Speakers(ends, people[np.argsort(places, kind="stable")], np.zeros(many, np.bool_), speak)


class Room(NamedTuple):
    """What a block of people comes to on the way: the best two of what is work without a doubt, and of all."""

    best: Turned
    all: Places
    clear: Steps
    top: Rough
    above: Steps
    is_unsure: Steps

    @staticmethod
    def empty(width: int) -> Room:
        """Return room for wordings with so many columns."""
        clear, top = np.zeros((2, BLOCK), np.uint16), np.zeros((2, BLOCK), np.float32)
        above, is_unsure = np.zeros((2, BLOCK), np.uint16)
        return Room(Turned.empty(width), np.arange(width), clear, top, above, is_unsure)


def in_groups(starts: Places, places: Places, nothing: int) -> Said:
    """Return who makes which statements; groups are filled up with the statement `nothing`, near to nothing."""
    counts = np.diff(starts)
    ends = np.cumsum([0, *(-(-counts // GROUP) * GROUP)]).astype(np.int32)
    found = np.full(ends[-1], nothing, np.promote_types(np.uint16, np.min_scalar_type(nothing)))
    found[np.arange(len(places)) + np.repeat(ends[:-1] - starts[:-1], counts)] = places
    return Said(ends, found)


@uncounted
def of_each(
    left: Bits,
    near: Near,
    worded: Worded,
    least: int,
    said: Said,
    speakers: Speakers,
    some: NDArray[np.int32],
    mine: Steps,
    room: Room,
    found: Steps,
) -> None:
    """Fill in the likeness of who is left (wordings, words of bits) to each wording; `left` is used up.

    Only who says what is nearer than the least that counts comes to more than 0. `some` (people), `mine` (statements,
    columns of a wording) and `room` are room for it.
    """
    for wording in range(len(left)):
        columns = worded.which[worded.ends[wording] : worded.ends[wording + 1]]
        share = worded.share[worded.ends[wording] : worded.ends[wording + 1]]
        laid(near, columns, mine)
        found[wording] = 0
        _speak(near, columns, least, speakers, left[wording])
        count = places_of(left[wording], some)
        of_some(some[:count], mine, share, least, said, room, found[wording])


@uncounted
def _speak(near: Near, columns: Places, least: int, speakers: Speakers, left: Bits) -> None:
    """Leave those of who is left who make any statement that is nearer to columns than `least`."""
    speakers.is_heard[:] = False
    speakers.speak[:] = NONE
    for column in columns:
        for one in range(near.ends[column], near.ends[column + 1]):
            statement = near.places[one]
            if near.steps[one] > least and not speakers.is_heard[statement]:
                speakers.is_heard[statement] = True
                for person in speakers.people[speakers.starts[statement] : speakers.starts[statement + 1]]:
                    speakers.speak[person >> SHIFT] |= LONE << (person & PLACE)
    for word in range(len(left)):
        left[word] &= speakers.speak[word]


@uncounted
def of_some(some: Places, near: Steps, share: Numbers, least: int, said: Said, room: Room, found: Steps) -> None:
    """Fill in the likeness of some people to one wording.

    `near` (statements, columns) says how near each is to what is asked and to the whole; `share` says how much each
    speaks of work. Whoever comes to no more than `least` gets that or less.
    """
    which = room.all[: len(share)]
    for first in range(0, len(some), BLOCK):
        block = some[first : min(first + BLOCK, len(some))]
        for number, person in enumerate(block):
            _best(near, person, said, room.best.rows[number])
        turn(room.best)
        _met(room, which, share, np.float32(least))
        for number, person in enumerate(block):
            found[person] = room.above[number]
        for number, person in enumerate(block):
            if room.is_unsure[number]:
                found[person] = _exactly(room.best.columns, number, which, share)


@uncounted
def likeness(near: Steps, worded: Worded, least: int, said: Said, room: Room, found: Steps) -> None:
    """Fill in the likeness of everybody (wordings, people); whoever comes to no more than `least` gets that or less.

    `near` (statements, columns) says how near each is to whatever is asked.
    """
    for first in range(0, found.shape[1], BLOCK):
        many = min(BLOCK, found.shape[1] - first)
        for number in range(many):
            _best(near, first + number, said, room.best.rows[number])
        turn(room.best)
        for wording in range(len(found)):
            start, end = worded.ends[wording], worded.ends[wording + 1]
            which, share = worded.which[start:end], worded.share[start:end]
            _met(room, which, share, np.float32(least))
            for number in range(many):
                found[wording, first + number] = room.above[number]
            for number in range(many):
                if room.is_unsure[number]:
                    found[wording, first + number] = _exactly(room.best.columns, number, which, share)


@inlined
def _best(near: Steps, person: int, said: Said, best: Steps) -> None:
    """Fill in for each column the most that anything is near to it that somebody says."""
    best[:] = 0
    for place in range(said.starts[person], said.starts[person + 1], GROUP):
        one, two, three, four = (
            said.places[place],
            said.places[place + 1],
            said.places[place + 2],
            said.places[place + 3],
        )
        for column in range(len(best)):
            best[column] = max(
                best[column], near[one, column], near[two, column], near[three, column], near[four, column]
            )


@uncounted
def _met(room: Room, which: Places, share: Numbers, least: np.float32) -> None:
    """Fill in the likeness of a block to one wording and a half, and where that is too near to a whole number.

    Loops of one length become machine code for many people at once. What speaks of work without a doubt counts as it
    is, in two bytes, which takes a fraction of the time; most does.
    """
    best, first, next_one, top, second = room.best.columns, room.clear[0], room.clear[1], room.top[0], room.top[1]
    last = len(which) - 1
    for one in range(BLOCK):
        first[one] = next_one[one] = 0
    for asked in range(last):
        if share[asked] == 1.0:
            column = which[asked]
            for one in range(BLOCK):
                near, best_yet = best[column, one], first[one]
                next_one[one] = max(min(near, best_yet), next_one[one])
                first[one] = max(near, best_yet)
    for one in range(BLOCK):
        top[one], second[one] = np.float32(first[one]), np.float32(next_one[one])
    for asked in range(last):
        if share[asked] != 1.0:
            column, factor = which[asked], np.float32(share[asked])
            for one in range(BLOCK):
                worth, top_yet, next_yet = np.float32(best[column, one]) * factor, top[one], second[one]
                less = worth if worth < top_yet else top_yet
                top[one] = worth if worth > top_yet else top_yet
                second[one] = less if less > next_yet else next_yet
    if last == 1:
        for one in range(BLOCK):
            second[one] = top[one]
    column = which[last]
    for one in range(BLOCK):
        found = (top[one] + second[one]) * QUARTER + np.float32(best[column, one]) * HALF + HALF
        whole = np.int32(found)
        rest = found - np.float32(whole)
        room.above[one] = whole
        room.is_unsure[one] = np.uint16(((rest < MARGIN) | (rest > ONE - MARGIN)) & (found > least))


@uncounted
def _exactly(best: Steps, person: int, which: Places, share: Numbers) -> np.uint16:
    """Return the likeness of the best that somebody says to each that is asked for and, last, to the whole."""
    last = len(which) - 1
    top = second = 0.0
    for asked in range(last):
        worth = np.int32(best[which[asked], person]) / ALL * share[asked]
        less = worth if worth < top else top
        top = worth if worth > top else top
        second = less if less > second else second
    met = (top + second) / 2 if last > 1 else top
    return np.uint16(np.rint((met + np.int32(best[which[last], person]) / ALL) / 2 * ALL))
