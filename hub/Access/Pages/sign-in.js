const byId = (id) => document.getElementById(id);
const signIn = byId('sign-in');
const choose = byId('choose');

function show(part) {
  for (const each of [byId('progress'), signIn, choose]) each.hidden = each !== part;
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
  if (!answer.ok) explain(answer, inputs);
  return answer;
}

signIn.addEventListener('submit', async (event) => {
  event.preventDefault();
  const [name, password] = [byId('name'), byId('password')];
  const answer = await submit(signIn, '/api/session', { name: name.value, password: password.value }, { name, password });
  if (answer.ok) goOn();
  else if (answer.status === 401) {
    password.value = '';
    password.focus();
  }
});

choose.addEventListener('submit', async (event) => {
  event.preventDefault();
  const password = byId('new-password');
  const answer = await submit(choose, '/api/me/password', { password: password.value }, { password });
  if (answer.ok) goOn();
});
byId('later').addEventListener('click', goOn);

async function useLink(token) {
  show(byId('progress'));
  const answer = await post('/api/session/link', { token });
  if (!answer.ok) {
    show(signIn);
    explain(answer, {});
  } else if (answer.body.hasPassword) {
    goOn();
  } else {
    byId('who').textContent = answer.body.name;
    byId('choose-name').value = answer.body.name;
    show(choose);
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
  if (me?.ok) goOn();
  else show(signIn);
}

addEventListener('hashchange', start);
start();
