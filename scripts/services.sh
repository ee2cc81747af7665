#!/usr/bin/env bash
# Run a command with PostgreSQL 15, Redis and clamd of its own, and Dovecot at hand: services.sh COMMAND…
#
# Installs them from Debian (as root), starts them on free ports of the loopback interface with
# their data under var/services, sets DATABASE_URL, REDIS_URL and CLAMD_URL, and stops them at the
# end. This clamd knows one virus, the harmless one of EICAR: nothing is downloaded. Dovecot is started by the tests that
# read a mailbox (tests/imap.py).
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || { echo "usage: scripts/services.sh COMMAND…" >&2; exit 2; }

find_binaries() { # sets pg_bin, redis_bin, clamd_bin and dovecot_bin, empty when missing
  pg_bin=$(ls -d /usr/lib/postgresql/15/bin 2>/dev/null || true)
  [ -n "$pg_bin" ] || ! command -v initdb >/dev/null || pg_bin=$(dirname "$(command -v initdb)")
  redis_bin=$(command -v redis-server || true)
  clamd_bin=$(command -v clamd || true)
  dovecot_bin=$(PATH="$PATH:/usr/sbin" command -v dovecot || true)
}

find_binaries
if [ -z "$pg_bin" ] || [ -z "$redis_bin" ] || [ -z "$clamd_bin" ] || [ -z "$dovecot_bin" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL 15, Redis, clamd and Dovecot (once)…" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # No cluster of Debian's own, no service at boot: only the programs are wanted.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/parvis.conf
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d.parvis && chmod +x /usr/sbin/policy-rc.d.parvis
    [ -e /usr/sbin/policy-rc.d ] || { mv /usr/sbin/policy-rc.d.parvis /usr/sbin/policy-rc.d; ours=1; }
    apt-get install -y -qq --no-install-recommends postgresql-15 redis-server clamav-daemon dovecot-imapd >/dev/null
    rm -f /usr/sbin/policy-rc.d.parvis; [ -z "${ours:-}" ] || rm -f /usr/sbin/policy-rc.d
    find_binaries
  fi
  if [ -z "$pg_bin" ] || [ -z "$redis_bin" ] || [ -z "$clamd_bin" ] || [ -z "$dovecot_bin" ]; then
    echo "Something is missing: sudo apt-get install postgresql-15 redis-server clamav-daemon dovecot-imapd" >&2
    exit 1
  fi
fi

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

var=$(realpath -m "${PARVIS_VAR:-var}")
mkdir -p "$var/services"
data=$(mktemp -d "$var/services/run-XXXXXX")
as_postgres=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  as_postgres=(runuser -u postgres --)
  pg_data=$(mktemp -d /var/lib/postgresql/parvis-XXXXXX) # var/ may lie where postgres may not go
  if runuser -u postgres -- test -x "$data" 2>/dev/null; then rmdir "$pg_data"; pg_data="$data/postgresql"; mkdir "$pg_data"; fi
  chown postgres "$pg_data"
else
  pg_data="$data/postgresql"
  mkdir "$pg_data"
fi

stop() {
  status=$?
  trap - EXIT INT TERM
  "${as_postgres[@]}" "$pg_bin/pg_ctl" --pgdata "$pg_data" --mode immediate --silent stop >/dev/null 2>&1 || true
  [ -z "${redis_pid:-}" ] || kill "$redis_pid" 2>/dev/null || true
  [ -z "${clamd_pid:-}" ] || kill "$clamd_pid" 2>/dev/null || true
  rm -rf "$data" "$pg_data"
  exit "$status"
}
trap stop EXIT INT TERM

pg_port=$(free_port)
"${as_postgres[@]}" "$pg_bin/initdb" --pgdata "$pg_data" --username parvis --auth trust --encoding UTF8 --locale C.UTF-8 \
  --no-sync >/dev/null
# Durability is of no use to data that is thrown away; it would measure the disk.
"${as_postgres[@]}" "$pg_bin/pg_ctl" --pgdata "$pg_data" --wait --silent --log "$pg_data/log" \
  --options "-c listen_addresses=127.0.0.1 -p $pg_port -k '' -c fsync=off -c full_page_writes=off -c max_connections=60" start
"${as_postgres[@]}" "$pg_bin/createdb" --host 127.0.0.1 --port "$pg_port" --username parvis parvis

redis_port=$(free_port)
"$redis_bin" --bind 127.0.0.1 --port "$redis_port" --dir "$data" --save '' --appendonly no --daemonize no \
  > "$data/redis.log" 2>&1 &
redis_pid=$!
for _ in $(seq 50); do
  (echo > "/dev/tcp/127.0.0.1/$redis_port") 2>/dev/null && break
  kill -0 "$redis_pid" 2>/dev/null || { cat "$data/redis.log" >&2; exit 1; }
  sleep 0.1
done

clamd_port=$(free_port)
mkdir "$data/clamd"
# The virus in two parts: whole, it would have this file deleted on some computers.
virus="$(printf '%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-' 'ANTIVIRUS-TEST-FILE!$H+H*' | od -An -v -tx1 | tr -d ' \n')"
echo "Eicar-Test-Signature:0:*:$virus" > "$data/clamd/test.ndb"
printf '%s\n' "Foreground yes" "DatabaseDirectory $data/clamd" "TemporaryDirectory $data" "LogFile $data/clamd.log" \
  "TCPAddr 127.0.0.1" "TCPSocket $clamd_port" > "$data/clamd.conf"
"$clamd_bin" --config-file="$data/clamd.conf" > /dev/null 2>&1 &
clamd_pid=$!
for _ in $(seq 300); do
  (echo > "/dev/tcp/127.0.0.1/$clamd_port") 2>/dev/null && break
  kill -0 "$clamd_pid" 2>/dev/null || { cat "$data/clamd.log" >&2; exit 1; }
  sleep 0.1
done

export DATABASE_URL="postgres://parvis@127.0.0.1:$pg_port/parvis"
export REDIS_URL="redis://127.0.0.1:$redis_port/0" CLAMD_URL="tcp://127.0.0.1:$clamd_port"
PARVIS_SERVICE_PIDS="$(head -n 1 "$pg_data/postmaster.pid") $redis_pid $clamd_pid" "$@"
