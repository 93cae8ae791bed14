'use client';
// Client: a dialog over what is registered now.
import { useRef } from 'react';
import { keyCaps } from './shortcut-keys';
import { useShortcut, useShortcutList, useSingleKeys } from './shortcuts';

const groups = ['Go to', 'Time', 'List', 'Page'] as const;

/** The `?` button and its sheet: exactly the shortcuts registered on this page, and the switch for single keys. */
export function ShortcutSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useShortcutList();
  const [on, setOn] = useSingleKeys();
  const open = () => dialog.current?.showModal();
  useShortcut({ keys: '?', label: 'Keyboard shortcuts', group: 'Page' }, open);
  return (
    <>
      <button type="button" className="icon-btn not-phone" aria-label="Keyboard shortcuts" onClick={open}>
        ?
      </button>
      <dialog ref={dialog} className="dialog" aria-label="Keyboard shortcuts">
        <div className="bar">
          <label>
            <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} /> Single-key
            shortcuts
          </label>
          <button type="button" className="btn small" onClick={() => dialog.current?.close()}>
            Close <kbd>Esc</kbd>
          </button>
        </div>
        <div className="sheet">
          {groups
            .map((group) => ({ group, keys: list.filter((each) => each.group === group) }))
            .filter(({ keys }) => keys.length > 0)
            .map(({ group, keys }) => (
              <section key={group} aria-label={group}>
                <h2 className="muted">{group}</h2>
                <dl>
                  {keys.map((each) => (
                    <div key={each.keys}>
                      <dt>{each.label}</dt>
                      <dd>
                        <kbd>{keyCaps(each.keys)}</kbd>
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
        </div>
      </dialog>
    </>
  );
}
