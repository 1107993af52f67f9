/** Calls the person who is at this page: sound, notifications of the desktop, the page's icon, the badge of the app. Fetched late. */
import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { type Attention, attentionTo, type MyRoom, placeOf } from '@recreio/protocol';
import { useEffect, useRef, useState } from 'react';
import { useChoices } from '../choices.tsx';
import { useClient, useMe, useRooms, useSchool } from '../client.tsx';
import { useGo } from '../going.tsx';
import { roomName } from '../naming.ts';
import { renewDevice } from '../push/device.ts';
import { closePushed, withWorker } from '../push/worker.ts';
import { roomHref, threadHref } from '../side/groups.ts';
import { calmOf, zoneOf, quietHoursFor } from './calm.ts';
import { chime } from './chime.ts';
import { closeAll, closeOne, closeRead, notify, type Where } from './desktop.ts';
import { isRead, type News, saidBetween } from './news.ts';
import { isFirst, PAUSE_MS } from './turn.ts';
import { noticesOf } from '@recreio/client/notices';
import { badgeOfRoom } from './waiting.ts';

/** Where the person is: before this room, on the page, elsewhere. */
const whereIs = (room: string, open: string | undefined): 'looking' | 'present' | 'behind' => {
  if (document.visibilityState !== 'visible' || !document.hasFocus()) return 'behind';
  return room === open ? 'looking' : 'present';
};

/** What happened, in words that say nothing of what was said. */
function wordsOf(i18n: I18n, call: News['call'], name: string | undefined): string {
  if (name === undefined) return i18n._('Mensagem nova');
  switch (call) {
    case 'direct':
      return i18n._('{name} escreveu para você', { name });
    case 'mention':
      return i18n._('{name} mencionou você', { name });
    case 'reply':
      return i18n._('{name} respondeu a você', { name });
    case 'keyword':
      return i18n._('{name} disse uma palavra sua', { name });
    case 'thread':
      return i18n._('{name} respondeu num fio que você segue', { name });
    case 'everyone':
      return i18n._('{name} chamou todos', { name });
    case 'notice':
      return i18n._('{name} pede que você leia um aviso', { name });
    default:
      return i18n._('Mensagem nova');
  }
}

const iconOf = (calls: number): string => (calls > 0 ? '/icon-new.svg' : '/icon.svg');

/** Puts the number on the page's icon and on the app. */
function wear(calls: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link && link.getAttribute('href') !== iconOf(calls)) link.href = iconOf(calls);
  // Where there is no app to put a number on it does nothing, or says so
  if ('setAppBadge' in navigator)
    (calls > 0 ? navigator.setAppBadge(calls) : navigator.clearAppBadge()).catch(() => undefined);
}

/** The person goes: nothing at this page says any more that somebody called them. */
function takeOff(): void {
  closeAll();
  void closePushed(() => false);
  wear(0);
  document.title = document.title.replace(/^\(\d+\) /, '');
}

/** `calls`: how much speaks to the person, as the title counts it; `open`: the room on the screen. */
export default function Calling({ calls, open, now }: { calls: number; open: string | undefined; now: number }) {
  const { i18n } = useLingui();
  const client = useClient();
  const rooms = useRooms();
  const me = useMe();
  const school = useSchool();
  const go = useGo();
  const { preferences } = useChoices();
  const { sound, desktop } = preferences;

  useEffect(() => wear(calls), [calls]);
  useEffect(() => takeOff, []);

  // How far threads were read since the page was opened; the rooms' numbers say nothing of them
  const [readInThread, setReadInThread] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    const waits = (where: Where, isUrgent = false): boolean => {
      const my = rooms.byId.get(where.room);
      if (my === undefined) return false;
      // What was told once more was told past hush and level
      if (isUrgent) return !isRead(where, my.mine.readSeq, readInThread);
      const { isNew, isHushed } = badgeOfRoom(my, now);
      return where.thread === undefined ? isNew : !isHushed && !isRead(where, my.mine.readSeq, readInThread);
    };
    closeRead(waits);
    if (rooms.isKnown) void closePushed(waits);
  }, [rooms, now, readInThread]);

  // The listeners stay; what they look at is the newest
  const latest = useRef({ i18n, me, school, open, sound, desktop, go, readInThread });
  useEffect(() => {
    latest.current = { i18n, me, school, open, sound, desktop, go, readInThread };
  });

  // Once somebody is there whom it may concern: what opens first waits for none of it
  useEffect(() => withWorker({ onOpen: (href) => latest.current.go(href), onPushed: closeOne }), []);
  const [person, isCalled] = [me?.id, school !== null && school.policies.push !== 'off'];
  useEffect(() => {
    if (person !== undefined && isCalled) void renewDevice(client, person);
  }, [client, person, isCalled]);

  useEffect(() => {
    let before = client.rooms.getSnapshot();
    let waiting: News[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const turnOf = ({ room, seq }: News): string => `${latest.current.me?.id ?? ''} ${room} ${seq}`;

    const attentionOf = (news: News, my: MyRoom): Attention => {
      const { me: person, school: itsSchool, open: onScreen } = latest.current;
      return attentionTo(
        {
          call: news.call,
          isOwn: false,
          isEdit: false,
          isRemoved: false,
          isBlocked: false,
          isInThread: news.thread !== undefined,
          // What has to be read is not until it is confirmed, wherever the marker stands
          isRead: news.call !== 'notice' && isRead(news, my.mine.readSeq, latest.current.readInThread),
        },
        {
          isMember: true,
          place: placeOf(my),
          tuning: my.mine,
          calm: calmOf(person),
          quietHours: quietHoursFor(person, itsSchool),
          timeZone: zoneOf(person),
          where: whereIs(news.room, onScreen),
          now: client.serverNow(),
        },
      );
    };
    const tell = (news: News, my: MyRoom): void => {
      const { i18n: language, go: goTo } = latest.current;
      const name = news.author === undefined ? undefined : client.people.getSnapshot().get(news.author)?.name;
      const href = news.thread === undefined ? roomHref(news.room) : threadHref(news.room, news.thread);
      notify(news, roomName(language, my.room), wordsOf(language, news.call, name), () => goTo(href));
    };
    const call = async (): Promise<void> => {
      timer = undefined;
      const heard = waiting.flatMap((news) => {
        const my = client.rooms.getSnapshot().byId.get(news.room);
        return my === undefined ? [] : [{ news, my, attention: attentionOf(news, my) }];
      });
      waiting = [];
      const { sound: plays, desktop: shows } = latest.current;
      const audible = heard.filter(({ attention }) => attention.sound);
      const firsts = await Promise.all(audible.map(({ news }) => isFirst(turnOf(news))));
      const mine = audible.filter((_, at) => firsts[at]);
      if (isOver || mine.length === 0) return;
      if (plays) chime();
      if (shows) for (const { news, my, attention } of mine) if (attention.desktop) tell(news, my);
    };
    const hear = (news: readonly News[]): void => {
      // Before this tab it is read: none behind it rings
      for (const one of news) if (whereIs(one.room, latest.current.open) === 'looking') void isFirst(turnOf(one));
      // What was hushed when it was said stays so, whatever is undone before the pause is over
      const calling = news.filter((one) => {
        const my = client.rooms.getSnapshot().byId.get(one.room);
        if (my === undefined) return false;
        const { sound: sounds, desktop: shows } = attentionOf(one, my);
        return sounds || shows;
      });
      if (calling.length === 0) return;
      waiting.push(...calling);
      timer ??= setTimeout(() => void call(), PAUSE_MS);
    };
    const notices = noticesOf(client);
    let asked = notices.getSnapshot();
    const stop = [
      notices.subscribe(() => {
        const waiting = notices.getSnapshot();
        const known = new Set(asked.list.map(({ id }) => id));
        const fresh = asked.isKnown ? waiting.list.filter(({ id }) => !known.has(id)) : [];
        asked = waiting;
        client.people.want(fresh.flatMap(({ required }) => required?.by ?? []));
        // Who has asked for it knows
        const ofOthers = fresh.filter(({ required }) => required?.by !== latest.current.me?.id);
        hear(ofOthers.map(({ room, seq, required }) => ({ room, call: 'notice', seq, author: required?.by })));
      }),
      client.rooms.subscribe(() => {
        const after = client.rooms.getSnapshot();
        hear(saidBetween(before, after));
        before = after;
      }),
      client.events.on('notification', ({ data }) => {
        client.people.want([data.author]);
        hear([{ room: data.room, call: data.kind, seq: data.messageSeq, thread: data.thread, author: data.author }]);
      }),
      client.events.on('called', ({ room, messageSeq: seq, author }) => {
        client.people.want([author]);
        hear([{ room, call: 'everyone', seq, author }]);
      }),
      client.events.on('thread', ({ thread, seq }) => {
        setReadInThread((known) => new Map(known).set(thread, seq));
      }),
    ];
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const end of stop) end();
    };
  }, [client]);
  return null;
}
