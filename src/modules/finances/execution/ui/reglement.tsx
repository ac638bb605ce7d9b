import { ChampChoix, GroupeChamps } from '#ui'
import { MODES_REGLEMENT } from '../contract.ts'
import type { Cadre } from './commun.tsx'

type Compte = { id: string; titulaire: string; iban: string; etat: string }
export const comptesAcceptes = <T extends Compte>(comptes: readonly T[] | undefined): T[] =>
  (comptes ?? []).filter((c) => c.etat === 'accepte')

/** How it is paid, on which account, and with which papers. */
export function ChampsReglement({ comptes, cadre }: { comptes: readonly Compte[]; cadre: Cadre }) {
  return (
    <>
      <GroupeChamps colonnes={2}>
        <ChampChoix
          nom="modeReglement"
          libelle="Règlement"
          choix={Object.entries(MODES_REGLEMENT).map(([valeur, libelle]) => ({ valeur, libelle }))}
          effacable={false}
        />
        <ChampChoix
          nom="compteBancaireId"
          libelle="Compte du bénéficiaire"
          aide={comptes.length === 0 ? 'Aucun compte accepté : ajoutez un RIB dans la fiche du tiers' : undefined}
          choix={comptes.map((c) => ({ valeur: c.id, libelle: `${c.titulaire} •••• ${c.iban.slice(-4)}` }))}
        />
      </GroupeChamps>
      <ChampChoix
        nom="rubriquePj"
        libelle="Pièces justificatives attendues"
        choix={cadre.vue.rubriques.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
      />
    </>
  )
}
