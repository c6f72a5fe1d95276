import type { Demo, DemoEvent, DemoPerson } from '../../src/ports/demo.ts';
import { createWatchers, type Watchers } from './watchers.ts';

export interface FakeDemo extends Demo {
  watchers: Watchers<DemoEvent>;
  asked: unknown[];
}

/** One gate, one person; nobody called `nobody`. */
export function fakeDemo(): FakeDemo {
  const watchers = createWatchers<DemoEvent>();
  const asked: unknown[] = [];
  const anna = (story: string): DemoPerson => ({ id: 'm1', name: 'Anna', story, credential: 'rfid:0F0184F07A', photo: null });
  const answer = (request: { gate: string; person?: string }): ReturnType<Demo['tap']> => {
    asked.push(request);
    return request.person === 'nobody' ? { done: false, problem: 'there is no such person' } : { done: true };
  };
  return {
    watchers,
    asked,
    gates: () => [{ id: 'main-in', title: 'Entrance', reader: 'rdm6300', relay: 'lcus', passage: 'reported' }],
    cast: (language) => [anna(`speaks ${language}`)],
    search: (text, language) => [anna(`${text} in ${language}`)],
    tap: answer,
    walk: answer,
    setWalksByItself: (request) => void asked.push(request),
    setPlugged: (request) => void asked.push(request),
    watch: (changed) => watchers.add(changed),
    portrait: (person) => (person === 'm1' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : null),
    now: () => ({ gates: [], journal: [], signIn: { name: 'Ewa', pin: '4711' } }),
  };
}
