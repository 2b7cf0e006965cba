/* The least that a subscriber can do: libmosquitto, QoS 1, a persistent session, and a count that others can see.
 * Debian's libmosquitto1 brings no header, so what is used of it is declared here.
 *   bare_subscriber PORT TOPIC COUNT_FILE */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct mosquitto;
struct mosquitto_message;
int mosquitto_lib_init(void);
struct mosquitto *mosquitto_new(const char *id, bool clean_session, void *obj);
void mosquitto_connect_callback_set(struct mosquitto *, void (*)(struct mosquitto *, void *, int));
void mosquitto_message_callback_set(struct mosquitto *, void (*)(struct mosquitto *, void *, const struct mosquitto_message *));
int mosquitto_connect(struct mosquitto *, const char *host, int port, int keepalive);
int mosquitto_subscribe(struct mosquitto *, int *mid, const char *topic, int qos);
int mosquitto_loop_forever(struct mosquitto *, int timeout, int max_packets);

static const char *topic;
static _Atomic uint64_t *count;

static void on_connect(struct mosquitto *session, void *obj, int code)
{
    (void)obj;
    if (code != 0) exit(3);
    mosquitto_subscribe(session, NULL, topic, 1);
}

static void on_message(struct mosquitto *session, void *obj, const struct mosquitto_message *message)
{
    (void)session;
    (void)obj;
    (void)message;
    atomic_fetch_add_explicit(count, 1, memory_order_relaxed);
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    topic = argv[2];
    int file = open(argv[3], O_RDWR);
    if (file < 0) return 2;
    count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (count == MAP_FAILED) return 2;
    mosquitto_lib_init();
    struct mosquitto *session = mosquitto_new("bare-subscriber", false, NULL);
    if (session == NULL) return 2;
    mosquitto_connect_callback_set(session, on_connect);
    mosquitto_message_callback_set(session, on_message);
    if (mosquitto_connect(session, "127.0.0.1", atoi(argv[1]), 60) != 0) return 3;
    return mosquitto_loop_forever(session, -1, 1) == 0 ? 0 : 3;
}
