import {
  Avatar,
  Banner,
  Button,
  Chalk,
  Check,
  Chips,
  Choice,
  Confirm,
  DisableDialog,
  Empty,
  FindPerson,
  GroupAvatar,
  IconButton,
  ImportPeople,
  Leaf,
  ListSkeleton,
  LockedComposer,
  Menu,
  Message,
  OneTimeLinkDialog,
  PasswordDialog,
  PersonDialog,
  RestrictDialog,
  RoleTag,
  RoomDialog,
  SearchField,
  Segments,
  SelectField,
  Switch,
  TalkSkeleton,
  TextArea,
  TextField,
  Toasts,
  UnreadBadge,
  Wall,
  Wordmark,
  type Lock,
} from '@recreio/ui';
import { useState, type ReactNode } from 'react';
import {
  ana,
  caio,
  davi,
  everyone,
  helena,
  joao,
  kaua,
  luisa,
  mentionAna,
  mentionKaua,
  now,
  say,
  yasmin,
  zone,
} from './people.ts';
import { screens } from './screens.tsx';
import './gallery.css';

const nothing = () => undefined;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="g-sec">
      <h2>{title}</h2>
      <div className="g-grid">{children}</div>
    </section>
  );
}
function Spec({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? 'g-spec g-spec--wide' : 'g-spec'}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

const locks: Lock[] = [
  {
    kind: 'silenced',
    until: now + 64_000_000,
    by: 'Caio Nakamura',
    reason: 'Zombar da dúvida de um colega não combina com a sala.',
  },
  { kind: 'announcement' },
  { kind: 'read-only' },
  { kind: 'banned', until: null, reason: 'Ofensas repetidas.' },
  { kind: 'removed' },
  { kind: 'blocked' },
  { kind: 'protected' },
  { kind: 'not-joined' },
];

const dialogs: Record<string, (close: () => void) => ReactNode> = {
  'Criar sala': (close) => (
    <RoomDialog
      categories={[]}
      courses={[
        { id: 'c1', title: 'Matemática · 9º B', lessons: [{ id: 'l7', number: 7, title: 'Vértice da parábola' }] },
      ]}
      onConfirm={close}
      onClose={close}
    />
  ),
  Apagar: (close) => (
    <Confirm
      title="Apagar esta mensagem?"
      words="Fica um aviso no lugar. As 4 respostas continuam."
      action="Apagar"
      onConfirm={close}
      onClose={close}
    />
  ),
  Silenciar: (close) => <RestrictDialog kind="mute" person={joao} now={Date.now()} onConfirm={close} onClose={close} />,
  Banir: (close) => <RestrictDialog kind="ban" person={joao} now={Date.now()} onConfirm={close} onClose={close} />,
  Conversar: (close) => (
    <FindPerson
      title="Nova conversa"
      why="Conversas seguem a regra da escola."
      found={everyone}
      searching={false}
      onSearch={nothing}
      onPick={close}
      onClose={close}
    />
  ),
  Senha: (close) => <PasswordDialog onConfirm={close} onClose={close} />,
  Convidar: (close) => <PersonDialog onConfirm={close} onClose={close} />,
  Desativar: (close) => <DisableDialog name={joao.name} onConfirm={close} onClose={close} />,
  Endereço: (close) => (
    <OneTimeLinkDialog
      title="Convite criado"
      link={{ name: 'Ana Lima', url: 'https://aurora.example/entrar#3k9f0x2m5q8r7t1v', expiresAt: now + 86_400_000 }}
      zone={zone}
      onClose={close}
    />
  ),
  Planilha: (close) => (
    <ImportPeople
      step={{
        kind: 'preview',
        csv: '',
        makesCourses: false,
        result: {
          created: [{ name: 'Ana Lima', email: 'ana@aurora.example', role: 'student' }],
          errors: [
            { line: 3, reason: 'email', value: 'davi(arroba)aurora' },
            { line: 7, reason: 'role', value: 'aluno(a)' },
            { line: 9, reason: 'course', value: 'Latim · 8º A' },
          ],
          newCourses: ['Latim · 8º A'],
        },
      }}
      onPreview={nothing}
      onImport={nothing}
      onClose={close}
    />
  ),
};

/** Every piece and state on one page; `?dialog=` opens one. */
export function Pieces() {
  const [open, setOpen] = useState(new URLSearchParams(location.search).get('dialog') ?? '');
  const [tab, setTab] = useState('a');
  const row = { zone, isActive: false };
  return (
    <main className="g-book">
      <header className="row row--wrap">
        <h1>
          <Wordmark />
        </h1>
        <p className="soft">Cada peça e cada estado, numa página.</p>
      </header>
      <nav className="row row--wrap small" aria-label="Telas">
        {Object.keys(screens).map((name) => (
          <a key={name} href={`?page=${name}`}>
            {name}
          </a>
        ))}
      </nav>
      <Section title="Botões, abas, filtros">
        <Spec title="Ênfase">
          <div className="row row--wrap">
            <Button emphasis="pen" icon="send">
              Enviar
            </Button>
            <Button>Abrir</Button>
            <Button emphasis="quiet">Agora não</Button>
          </div>
          <div className="row row--wrap">
            <Button emphasis="marker" icon="hand">
              Levantar a mão
            </Button>
            <Button emphasis="danger">Remover</Button>
            <Button emphasis="danger-quiet">Denunciar</Button>
          </div>
        </Spec>
        <Spec title="Estados">
          <div className="row row--wrap">
            <Button emphasis="pen" busy>
              Enviando
            </Button>
            <Button disabled>Indisponível</Button>
            <Button aria-pressed>Ligado</Button>
          </div>
          <div className="row row--wrap">
            <Button small>Pequeno</Button>
            <IconButton icon="search" label="Procurar" />
          </div>
        </Spec>
        <Spec title="Abas e filtros">
          <Segments
            label="Abas"
            value={tab}
            onChange={setTab}
            options={[
              { value: 'a', label: 'Dúvidas' },
              { value: 'b', label: 'Aula' },
              { value: 'c', label: 'Pessoas' },
            ]}
          />
          <Chips
            label="Filtros"
            value={tab}
            onChange={setTab}
            options={[
              { value: 'a', label: 'Todas' },
              { value: 'b', label: 'De aula' },
              { value: 'c', label: 'Com dúvidas', icon: 'hand' },
            ]}
          />
        </Spec>
      </Section>
      <Section title="Campos">
        <Spec title="Texto">
          <TextField
            label="Nome da sala"
            defaultValue="Olimpíada de Matemática"
            hint="Como as pessoas vão procurar por ela."
          />
          <SelectField label="Quem pode entrar" options={[{ value: 'a', label: 'Toda a escola' }]} />
        </Spec>
        <Spec title="Erro">
          <TextArea label="Motivo" defaultValue="Spam" error="Escreva pelo menos 20 letras: a pessoa vai ler." />
        </Spec>
        <Spec title="Escolhas">
          <SearchField label="Procurar" placeholder="Procurar mensagens" />
          <Check label="Avisar quem já perguntou" defaultChecked />
          <Switch label="Modo lento" defaultChecked />
          <Switch label="Só a equipe escreve" />
          <TextField label="Desativado" defaultValue="Definido pela escola" disabled />
        </Spec>
        <Spec title="Uma de poucas">
          <Choice
            legend="Quem entra"
            value="a"
            onChange={nothing}
            options={[
              { value: 'a', label: 'Aberta', hint: 'Toda a escola encontra e entra.' },
              { value: 'b', label: 'Só por convite' },
            ]}
          />
        </Spec>
      </Section>
      <Section title="Gente">
        <Spec title="Tamanhos e tons">
          <div className="row row--wrap g-base">
            <Avatar person={helena} size="xl" />
            <Avatar person={caio} size="l" />
            <Avatar person={kaua} />
            <Avatar person={yasmin} />
            <Avatar person={joao} />
            <Avatar person={luisa} size="s" />
            <GroupAvatar id="g" count={3} />
          </div>
        </Spec>
        <Spec title="Papéis, em palavras">
          <div className="row row--wrap">
            <RoleTag person={helena} />
            <RoleTag person={caio} />
            <RoleTag person={{ id: 'x', name: 'x', role: 'moderator' }} />
            <RoleTag person={{ id: 'x', name: 'x', role: 'administrator' }} />
            <RoleTag person={ana} />
          </div>
        </Spec>
        <Spec title="A mureta">
          <Wall wall={{ here: [helena, caio, kaua, luisa], hereCount: 13, memberCount: 34 }} />
          <Wall wall={{ here: [kaua, yasmin, davi], hereCount: 3, memberCount: 34 }} />
          <Wall wall={{ here: [], hereCount: 0, memberCount: 34 }} />
        </Spec>
        <Spec title="Folhas e contagens">
          <div className="row row--wrap">
            <Leaf leaf={{ kind: 'lesson', lessonNumber: 7 }} />
            <Leaf leaf={{ kind: 'lesson', lessonNumber: 7, colour: 'pen' }} />
            <Leaf leaf={{ kind: 'subject' }} />
            <Leaf leaf={{ kind: 'project' }} />
            <Leaf leaf={{ kind: 'topic' }} />
            <Leaf leaf={{ kind: 'topic', announcement: true }} />
            <Leaf leaf={{ kind: 'topic', inviteOnly: true }} />
            <Leaf large leaf={{ kind: 'topic', emoji: '🏆', colour: 'tone-2' }} />
            <UnreadBadge unread={6} />
            <UnreadBadge unread={120} />
            <UnreadBadge unread={8} mentions={3} />
            <UnreadBadge unread={11} plain />
          </div>
        </Spec>
      </Section>
      <Section title="Mensagens">
        <Spec title="Estados" wide>
          <div className="talk g-talk">
            <Message {...row} hasNext message={say(davi, 14, 13, 'Mensagem comum, primeira do grupo.')} />
            <Message
              {...row}
              isNext
              message={say(davi, 14, 14, 'Segunda, em menos de 5 minutos: sem cabeçalho.', { editedAt: now })}
            />
            <Message
              {...row}
              message={say(helena, 13, 52, 'Da equipe. @Kauã Ferreira @Ana Beatriz Sant’Anna', {
                mentions: [mentionKaua, mentionAna],
                reactions: [
                  { emoji: '👍', count: 14, mine: false, names: ['Kauã'] },
                  { emoji: '🙌', count: 7, mine: true, names: ['Caio'] },
                ],
              })}
            />
            <Message
              {...row}
              message={say(helena, 13, 58, 'Urgente para quem ela cita. @Kauã Ferreira', {
                mentions: [mentionKaua],
                isUrgent: true,
              })}
            />
            <Message
              {...row}
              message={say(joao, 14, 9, 'Resposta, com as primeiras palavras do que responde.', {
                replyTo: {
                  messageId: 'x',
                  author: 'Helena Prates',
                  excerpt: 'Da equipe, falando de um instante da aula.',
                },
              })}
            />
            <Message {...row} message={say(ana, 14, 38, 'Sua. “Enviada” só depois que o servidor confirmou.')} />
            <Message
              {...row}
              message={say(ana, 14, 38, 'A caminho: a palavra só aparece se demorar.', {
                delivery: { kind: 'sending' },
              })}
            />
            <Message
              {...row}
              message={say(ana, 14, 38, 'Sem conexão: o papel ainda é só contorno.', { delivery: { kind: 'queued' } })}
            />
            <Message
              {...row}
              message={say(ana, 14, 38, 'Falhou: o texto fica, e diz o que dá para fazer.', {
                delivery: { kind: 'failed', why: 'A sala foi fechada às 14h40.', mayRetry: true },
              })}
            />
            <Message {...row} message={say(davi, 14, 12, '', { removed: { by: 'moderator', at: now } })} />
            <Message {...row} message={say(kaua, 14, 40, '🎉')} />
            <Message
              {...row}
              message={say(
                kaua,
                14,
                41,
                '~~risco~~ e [endereço](https://example.org/a?b=c) e https://example.org\n\n- uma\n- duas\n\n<b>não é HTML</b> ![nada](https://example.org/x.png)',
              )}
              isTarget
            />
          </div>
        </Spec>
      </Section>
      <Section title="A caixa fechada">
        {locks.map((lock) => (
          <Spec key={lock.kind} title={lock.kind}>
            <LockedComposer lock={lock} now={now} zone={zone} />
          </Spec>
        ))}
      </Section>
      <Section title="Faixas">
        <Spec title="Todas" wide>
          <Banner tone="marker" icon="wifi-off" aside={<Button small>Tentar agora</Button>}>
            <b>Sem conexão.</b> Continue escrevendo.
          </Banner>
          <Banner tone="pen" icon="shield-check">
            <b>Supervisão ativa.</b> A coordenação lê esta conversa.
          </Banner>
          <Banner tone="danger" icon="triangle-alert">
            <b>Sua conta foi desativada nesta escola.</b>
          </Banner>
          <Banner tone="visto" icon="check">
            <b>Feito.</b>
          </Banner>
          <Banner icon="timer">
            <b>Modo lento.</b> Uma por minuto.
          </Banner>
        </Spec>
        <Spec title="Menu">
          <Menu
            label="Exemplo"
            trigger={<Button icon="ellipsis">Abrir menu</Button>}
            items={[
              { id: 'a', label: 'Responder', icon: 'corner-up-left', keys: 'R', onSelect: nothing },
              { kind: 'rule', id: 'r' },
              { id: 'b', label: 'Remover', icon: 'trash-2', danger: true, onSelect: nothing },
            ]}
          />
        </Spec>
        <Spec title="Diálogos">
          <div className="row row--wrap">
            {Object.keys(dialogs).map((name) => (
              <Button key={name} small onClick={() => setOpen(name)}>
                {name}
              </Button>
            ))}
          </div>
        </Spec>
      </Section>
      <Section title="Vazio e espera">
        <Spec title="Giz">
          <Empty heading={3} chalk="ball" title="Você está em dia">
            A bola está parada. Pode ir brincar.
          </Empty>
        </Spec>
        <Spec title="Banco">
          <Chalk name="bench" />
        </Spec>
        <Spec title="Cobogó">
          <Chalk name="blocks" />
        </Spec>
        <Spec title="Espera">
          <TalkSkeleton count={2} />
          <ListSkeleton count={2} />
        </Spec>
      </Section>
      {dialogs[open]?.(() => setOpen(''))}
      <Toasts
        toasts={
          new URLSearchParams(location.search).has('toast')
            ? [{ id: 't', words: 'Mensagem apagada', action: { label: 'Desfazer', onSelect: nothing } }]
            : []
        }
        onDismiss={nothing}
      />
    </main>
  );
}
