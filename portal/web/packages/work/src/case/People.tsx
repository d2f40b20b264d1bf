/** Everybody with a part in the case, each once, with their post and what they are to it. */
import { words } from '@anhuan/i18n';
import { Card } from '@anhuan/ui';
import css from './case.module.css';
import type { Case } from './shape';

const t = words({
  title: ['相关人员', 'People'],
  reporter: ['上报', 'reported'],
  owner: ['办理', 'acts'],
  checker: ['审核', 'checks'],
  group: ['联合处理组', 'group'],
  informed: ['抄送', 'informed'],
  escalated: ['督办', 'escalated to'],
  hidden: [(n: number) => `另有 ${n} 人不在您的查看范围内`, (n: number) => `and ${n} whom you cannot see`],
  comma: ['、', ', '],
});

const ORDER = ['reporter', 'owner', 'checker', 'group', 'escalated', 'informed'] as const;

interface One {
  id: string;
  name: string;
  post: string | undefined;
  parts: string[];
}

/** The card. */
export function People({ one }: { one: Case }) {
  const { seen, hidden } = peopleOf(one);
  if (!seen.length) return null;
  return (
    <Card title={t.title}>
      <ul className={css.people}>
        {seen.map((person) => (
          <li key={person.id}>
            <span className={css.face} aria-hidden="true">{person.name.slice(-1)}</span>
            <div>
              <b>{person.name}</b>
              <small>{[person.post, person.parts.join(t.comma)].filter(Boolean).join(' · ')}</small>
            </div>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className={css.quiet}>{t.hidden(hidden)}</p>}
    </Card>
  );
}

function peopleOf(one: Case): { seen: One[]; hidden: number } {
  const seen = new Map<string, One>();
  const hidden = new Set<string>();
  for (const part of ORDER)
    for (const { person, personId } of one.people.filter((row) => row.part === part && !row.leftAt)) {
      if (!person) {
        hidden.add(personId);
        continue;
      }
      const post = person.posts.find((held) => held.isPrimary) ?? person.posts[0];
      const known = seen.get(person.id) ?? { id: person.id, name: person.name, post: post?.name, parts: [] };
      known.parts.push(t[part]);
      seen.set(person.id, known);
    }
  return { seen: [...seen.values()], hidden: hidden.size };
}
