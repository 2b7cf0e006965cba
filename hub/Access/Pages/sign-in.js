const byId = (id) => document.getElementById(id);
const signIn = byId('sign-in');
const choose = byId('choose');
const parts = [byId('progress'), signIn, choose, byId('second'), byId('enrol'), byId('recovery')];
/** What the second step is sent with again. */
let first;

function show(part) {
  for (const each of parts) each.hidden = each !== part;
  part.querySelector('input:not(.off-screen)')?.focus();
}

/** Where to go afterwards: a path of this hub, never another site. */
function goOn() {
  const to = new URLSearchParams(location.search).get('to') ?? '/';
  const wanted = URL.canParse(to, location.origin) ? new URL(to, location.origin) : null;
  location.replace(wanted?.origin === location.origin && wanted.pathname !== '/sign-in' ? wanted.href : '/');
}

function fault(input, text) {
  const line = byId(`${input.id}-fault`);
  line.textContent = text ?? '';
  line.hidden = !text;
  if (text) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  if (text) input.focus();
}

function say(text) {
  byId('message').textContent = text ?? '';
  byId('message').hidden = !text;
}

async function post(path, body) {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: text ? JSON.parse(text) : {} };
  } catch {
    return { ok: false, status: 0, body: { title: 'The hub cannot be reached. Check the connection and try again.' } };
  }
}

/** Shows each error beside its field, and what belongs to no field above the form. */
function explain(answer, inputs) {
  const errors = answer.body.errors ?? {};
  let placed = false;
  for (const [field, input] of Object.entries(inputs)) {
    if (!errors[field]) continue;
    fault(input, errors[field].join(' '));
    placed = true;
  }
  if (!placed) say([answer.body.title, answer.body.detail].filter(Boolean).join(' ') || 'That did not work. Try again.');
}

async function submit(form, path, body, inputs) {
  say();
  for (const input of Object.values(inputs)) fault(input);
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  const answer = await post(path, body);
  button.disabled = false;
  if (!answer.ok && answer.body.secondFactor && form !== byId('second')) askSecond(path, body);
  else if (!answer.ok) explain(answer, inputs);
  return answer;
}

signIn.addEventListener('submit', async (event) => {
  event.preventDefault();
  const [name, password] = [byId('name'), byId('password')];
  const answer = await submit(signIn, '/api/session', { name: name.value, password: password.value }, { name, password });
  if (answer.ok) signedIn(answer.body);
  else if (answer.status === 401 && !answer.body.secondFactor) {
    password.value = '';
    password.focus();
  }
});

choose.addEventListener('submit', async (event) => {
  event.preventDefault();
  const password = byId('new-password');
  const answer = await submit(choose, '/api/me/password', { password: password.value }, { password });
  if (answer.ok) chosen();
});
const chosen = () => (choose.dataset.next ? enrol() : goOn());
byId('later').addEventListener('click', chosen);

/** Signed in: the password, the second step, then where the person wanted to go. */
function signedIn(body) {
  if (!body.hasPassword) {
    byId('who').textContent = body.name;
    byId('choose-name').value = body.name;
    choose.dataset.next = body.needsSecondFactor ? 'enrol' : '';
    show(choose);
  } else if (body.needsSecondFactor) enrol();
  else goOn();
}

function askSecond(path, body) {
  first = { path, body };
  byId('code').value = '';
  show(byId('second'));
}

byId('second').addEventListener('submit', async (event) => {
  event.preventDefault();
  const code = byId('code');
  const answer = await submit(byId('second'), first.path, { ...first.body, code: code.value }, { code });
  if (answer.ok) signedIn(answer.body);
  else code.select();
});

/** Draws rows of 0 and 1, with the quiet zone that readers want; finer than shown, so that no module comes out wider than another. */
function draw(rows) {
  const canvas = byId('qr');
  const fine = 8;
  canvas.width = canvas.height = (rows.length + 8) * fine;
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  rows.forEach((row, y) => [...row].forEach((bit, x) => bit === '1' && context.fillRect((x + 4) * fine, (y + 4) * fine, fine, fine)));
}

async function enrol() {
  const answer = await post('/api/me/second-factor', {});
  if (!answer.ok) {
    show(signIn);
    explain(answer, {});
    return;
  }
  draw(answer.body.qr);
  byId('key').textContent = answer.body.secret.match(/.{1,4}/g).join(' ');
  show(byId('enrol'));
}

byId('enrol').addEventListener('submit', async (event) => {
  event.preventDefault();
  const code = byId('first-code');
  const answer = await submit(byId('enrol'), '/api/me/second-factor/code', { code: code.value.trim() }, { code });
  if (!answer.ok) return;
  byId('codes').textContent = answer.body.recoveryCodes.join('\n');
  show(byId('recovery'));
});
byId('recovery').addEventListener('submit', (event) => {
  event.preventDefault();
  goOn();
});

async function useLink(token) {
  show(byId('progress'));
  const answer = await post('/api/session/link', { token });
  if (answer.ok) signedIn(answer.body);
  else if (answer.body.secondFactor) askSecond('/api/session/link', { token });
  else {
    show(signIn);
    explain(answer, {});
  }
}

async function start() {
  const token = location.hash.slice(1);
  if (token) {
    // The token must not stay in the address bar or the history.
    history.replaceState(null, '', location.pathname + location.search);
    await useLink(token);
    return;
  }
  // A link from another site arrives without the Strict cookie; from here on it is sent.
  const me = await fetch('/api/me').catch(() => null);
  if (!me?.ok) show(signIn);
  else if ((await me.json()).needsSecondFactor) enrol();
  else goOn();
}

addEventListener('hashchange', start);
start();
