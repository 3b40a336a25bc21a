/** The controller as components get at it. */
import { createContext, useContext } from 'react';
import { invariant } from '../../base/invariant.ts';
import type { Controller } from './controller.ts';

export const ControllerContext = createContext<Controller | null>(null);

export function useController(): Controller {
  const controller = useContext(ControllerContext);
  invariant(controller, 'a component outside ControllerContext');
  return controller;
}
