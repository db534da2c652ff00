// As much of React's hooks as one component needs that is shown once: every state that is set is printed, in the order in which the component declares them.
const names = ["data", "isConnected"];
let declared = 0;

export const cleanups = [];

export const useState = (initial) => {
  const name = names[declared++];
  return [initial, (value) => console.log(JSON.stringify({ [name]: value }))];
};

export const useEffect = (effect) => cleanups.push(effect());
