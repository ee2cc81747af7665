"""How gunicorn serves Parvis on one machine. A city's own file may say otherwise."""

import multiprocessing

# Threads: browsers open connections before they need them, and a thread may wait on one.
worker_class = "gthread"
workers = max(2, min(4, multiprocessing.cpu_count()))
threads = 4
timeout = 60  # seconds; a file of 20 MB over a slow line comes in through another thread
graceful_timeout = 5
keepalive = 5
preload_app = False
worker_tmp_dir = "/dev/shm"
control_socket_disable = True  # it would stand in the home folder, and two sites would share it
