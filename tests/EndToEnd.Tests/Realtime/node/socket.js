// The one socket of a page. Its transports are the program's argument: none for the client's own choice, polling first.
import { io } from "socket.io-client";

const transports = process.argv[2];
let socket;

export const getSocket = () =>
  (socket ??= io(process.env.REACT_APP_SOCKET_URL, { auth: { token: process.env.TOKEN }, ...(transports ? { transports: [transports] } : {}) }));
