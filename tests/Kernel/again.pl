# In the agent's place: when its folder says so, once, it is ready and ends with exit code 75; else it becomes the agent.
use IO::Socket::UNIX;
if (unlink '/var/lib/field-agent/again') {
  IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => $ENV{NOTIFY_SOCKET})->send('READY=1');
  sleep 1;
  exit 75;
}
exec '/usr/lib/field-agent/launch', 'run', '--config', '/etc/field-agent/agent.json';
