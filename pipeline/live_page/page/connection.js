// SPDX-License-Identifier: Apache-2.0
// The stream of server-sent events, and what to say of it.

const kRetry = 2000; // ms
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Stays connected to /events. `handlers` has a function for each event; each gets the event's JSON value. */
export function connect(handlers, say) {
  let instance;
  let lostAt;
  let restartedAt;

  const open = () => {
    const source = new EventSource('/events');
    const listen = (name, handler) => source.addEventListener(name, (event) => {
      let value;
      try {
        value = JSON.parse(event.data);
      } catch {
        return; // one broken event is no reason to stop
      }
      handler(value);
    });
    listen('start', (value) => {
      if (instance !== undefined && instance !== value.instance) restartedAt = new Date();
      instance = value.instance;
      lostAt = undefined;
      say('live', restartedAt ? `Live. The worker was restarted at ${time.format(restartedAt)}` : 'Live');
      handlers.start(value);
    });
    for (const name of ['history', 'article', 'recall', 'tally', 'group', 'figures']) listen(name, handlers[name]);
    source.onerror = async () => {
      lostAt ??= new Date();
      say('lost', `No connection to the worker since ${time.format(lostAt)}. Trying again…`);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries by itself
      source.close();
      try {
        const answer = await fetch('/events', { method: 'HEAD' });
        if (answer.status === 503) say('lost', 'Too many live pages are open. Close one, or raise http.max_event_streams');
      } catch {
        // The worker does not answer: said already.
      }
      setTimeout(open, kRetry);
    };
  };
  open();
}
